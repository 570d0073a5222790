import { type Definable, type Definition, moveOrigin, sortByOrder } from "@firn/definition";
import { combineTypes } from "./combine-types.ts";
import { mergeMember, takeChecked } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, nestedDescription, type OptionType } from "./option-type.ts";
import { nonEmpty } from "./refined-type.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

/** A list; definitions are concatenated in their order, elements whose condition is false vanish. */
export function listOf<T, D>(element: TypeLike<T, D>): OptionType<readonly T[], readonly Definable<D>[]> {
  const elementType = toOptionType(element);
  const type: OptionType<readonly T[], readonly Definable<D>[]> = defineType({
    name: "listOf",
    description: `list of ${nestedDescription(elementType)}`,
    phrase: "composite",
    accepts: Array.isArray,
    merge(definitions, site) {
      const winning = takeChecked(type, definitions, site);
      return winning === NO_VALUE ? NO_VALUE : concatenate(elementType, sortByOrder(winning), site);
    },
    empty: () => [],
    combine(other) {
      const combined = combineTypes(elementType, other.payload as OptionType);
      return combined && listOf(combined);
    },
    jsonSchema: () => ({ type: "array", items: elementType.jsonSchema() }),
    members: [{ part: "*", type: elementType }],
    payload: elementType,
  });
  return type;
}

/** A list with at least one element. */
export function nonEmptyListOf<T, D>(element: TypeLike<T, D>): OptionType<readonly T[], readonly Definable<D>[]> {
  return nonEmpty(listOf(element));
}

function concatenate(type: OptionType, definitions: readonly Definition[], site: MergeSite): unknown {
  const merged: unknown[] = [];
  let failed = false;
  for (const definition of definitions) {
    for (const [index, value] of (definition.value as readonly unknown[]).entries()) {
      if (type.plain === true && type.accepts(value)) {
        merged.push(value);
        continue;
      }
      const element = mergeElement(type, site, { definition: { ...definition, value }, index, at: merged.length });
      if (element.length === 1 && element[0] === NO_VALUE) failed = true;
      merged.push(...element);
    }
  }
  return failed ? NO_VALUE : Object.freeze(merged);
}

/** Merges one element alone; gives nothing when its condition is false. */
function mergeElement(
  type: OptionType,
  site: MergeSite,
  { definition, index, at }: { definition: Definition; index: number; at: number },
): unknown[] {
  const member = site.member(String(at));
  const origin = moveOrigin(definition.origin, [...site.path, String(index)], member.path);
  const found = member.discharge([{ ...definition, origin }]);
  return found.length === 0 ? [] : [mergeMember(type, found, member)];
}
