import { renderPath, renderValue } from "@firn/diagnostic";
import { type Definition, strongest } from "@firn/definition";
import { combineTypes, isNarrowed } from "./combine-types.ts";
import { definitionMarks, failMismatch, takeChecked } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type JsonSchema, nestedDescription, type OptionType } from "./option-type.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

interface Refinement {
  readonly test: (value: never) => boolean;
  readonly description: string;
  readonly schema?: JsonSchema | undefined;
}

/** What `addCheck` says of the narrower type. */
export interface CheckSettings {
  /** Describes the whole narrower type, as a noun phrase. */
  readonly description: string;
  /** Keywords added to the JSON Schema of the base type. */
  readonly schema?: JsonSchema;
}

/**
 * Narrows a type by a test.
 *
 * Each definition is tested alone, so that the problem names its place, and the
 * merged value again, so that a limit on the whole holds. Declared twice, all
 * tests of all declarations count.
 */
export function addCheck<T, D>(
  base: TypeLike<T, D>,
  test: (value: NoInfer<T>) => boolean,
  settings: CheckSettings | string,
): OptionType<T, D> {
  const { description, schema } =
    typeof settings === "string" ? { description: settings, schema: undefined } : settings;
  return refine(toOptionType(base), [{ test, description, schema }]);
}

/** Gives the empty value only if it keeps the limits, too. */
function passing(empty: unknown, passes: (value: unknown) => boolean): unknown {
  return empty === NO_VALUE || !passes(empty) ? NO_VALUE : empty;
}

interface Refined {
  readonly base: OptionType;
  readonly refinements: readonly Refinement[];
}

function refine<T, D>(base: OptionType<T, D>, refinements: readonly Refinement[]): OptionType<T, D> {
  const description = refinements.map((each) => each.description).join(" and ");
  const passes = (value: unknown) => refinements.every(({ test }) => test(value as never));
  // A composite's definitions hold wrappers, so only plain ones can be tested before they are merged.
  const accepts = (value: unknown) => base.accepts(value) && (base.plain !== true || passes(value));
  const type: OptionType<T, D> = defineType<T, D>({
    ...base,
    description,
    phrase: refinements.length > 1 ? "conjunction" : (base.phrase ?? "noun"),
    accepts,
    merge: (definitions, site) => mergeRefined({ type, base, passes }, definitions, site),
    ...(base.empty && { empty: (site: MergeSite) => passing(base.empty?.(site), passes) }),
    combine: (other) => combineRefined({ base, refinements }, other),
    jsonSchema: () => refinements.reduce((schema, each) => ({ ...schema, ...each.schema }), base.jsonSchema()),
    payload: { base, refinements } satisfies Refined,
  });
  return type;
}

interface Refining {
  readonly type: OptionType;
  readonly base: OptionType;
  readonly passes: (value: unknown) => boolean;
}

function mergeRefined(refining: Refining, definitions: readonly Definition[], site: MergeSite): unknown {
  const { type, base, passes } = refining;
  const winning = base.plain === true ? takeChecked(type, definitions, site) : definitions;
  if (winning === NO_VALUE) return NO_VALUE;
  const merged = base.merge(winning, site);
  if (merged === NO_VALUE || passes(merged)) return merged;
  return failWhole(type, { merged, definitions: strongest(winning) }, site);
}

/** Reports a merged value that breaks a limit which each of its definitions keeps. */
function failWhole(
  type: OptionType,
  { merged, definitions }: { merged: unknown; definitions: readonly Definition[] },
  site: MergeSite,
): typeof NO_VALUE {
  if (definitions.length < 2) return failMismatch(type, definitions, site);
  return site.fail({
    code: "type-mismatch",
    message: `Cannot take ${renderValue(merged)} for "${renderPath(site.path)}": together the definitions are not of type "${type.description}"`,
    marks: definitionMarks(definitions, site.path),
    fix: "Remove one of the definitions, or wrap the one that shall win in mkForce(…)",
  });
}

function combineRefined(mine: Refined, other: OptionType): OptionType | undefined {
  const theirs = isNarrowed(other) ? (other.payload as Refined) : { base: other, refinements: [] };
  const base = combineTypes(mine.base, theirs.base);
  const added = theirs.refinements.filter((each) => !mine.refinements.some((known) => isSame(known, each)));
  return base && refine(base, [...mine.refinements, ...added]);
}

function isSame(a: Refinement, b: Refinement): boolean {
  return a.test === b.test || (a.description === b.description && String(a.test) === String(b.test));
}

/** A list that is not empty; each definition must have an element, and so must the whole. */
export function nonEmpty<T, D>(list: OptionType<T, D>): OptionType<T, D> {
  const test = (value: unknown): boolean => (value as readonly unknown[]).length > 0;
  const description = `non-empty ${nestedDescription({ ...list, phrase: "composite" })}`;
  return requireElement(refine(list, [{ test, description, schema: { minItems: 1 } }]));
}

/** Takes the empty value from a list, and tests each definition beside the whole. */
function requireElement<T, D>(refined: OptionType<T, D>): OptionType<T, D> {
  const { empty: _none, ...behavior } = refined;
  const type: OptionType<T, D> = defineType<T, D>({
    ...behavior,
    accepts: (value) => refined.accepts(value) && (value as readonly unknown[]).length > 0,
    merge(definitions, site) {
      const winning = takeChecked(type, definitions, site);
      return winning === NO_VALUE ? NO_VALUE : refined.merge(winning, site);
    },
    combine(other) {
      const combined = refined.combine?.(other);
      return combined && requireElement(combined);
    },
  });
  return type;
}
