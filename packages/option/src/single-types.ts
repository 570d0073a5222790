import { renderPath } from "@firn/diagnostic";
import { type Definition, strongest } from "@firn/definition";
import { combineTypes } from "./combine-types.ts";
import { definitionMarks } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type OptionType } from "./option-type.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

/** Any value, taken as it is and never looked into; one definition only. */
export const raw: OptionType<unknown> = rawOf();

/** `raw` with a type for the compiler, unchecked when evaluated. */
export function rawOf<T>(): OptionType<T> {
  const type: OptionType<T> = defineType<T>({
    name: "raw",
    description: "raw value",
    accepts: () => true,
    merge: (definitions, site) => mergeSingle(definitions, site)?.value ?? NO_VALUE,
    combine: () => type,
    jsonSchema: () => ({}),
  });
  return type;
}

/**
 * Values of a type of which there may be one definition only, after priorities.
 *
 * @param message added to the problem, to say what to do instead
 */
export function unique<T, D>(inner: TypeLike<T, D>, message?: string): OptionType<T, D> {
  const innerType = toOptionType(inner);
  return defineType({
    ...innerType,
    name: "unique",
    merge(definitions, site) {
      const single = mergeSingle(definitions, site, message);
      return single === undefined ? NO_VALUE : innerType.merge([single], site);
    },
    combine(other) {
      const combined = combineTypes(innerType, other.payload as OptionType);
      return combined && unique(combined, message);
    },
    payload: innerType,
    plain: false,
    hasFields: false,
  });
}

function mergeSingle(definitions: readonly Definition[], site: MergeSite, message?: string): Definition | undefined {
  const winning = strongest(definitions);
  if (winning.length === 1) return winning[0];
  site.fail({
    code: "not-unique",
    message: `Cannot define "${renderPath(site.path)}" more than once: the option takes a single definition`,
    marks: definitionMarks(winning, site.path),
    ...(message === undefined ? {} : { why: [message] }),
    fix: "Remove all but one, or wrap the one that shall win in mkForce(…)",
  });
  return undefined;
}
