import { renderPath } from "@firn/diagnostic";
import { type Definition, moveOrigin, sortByOrder, strongest } from "@firn/definition";
import { type Attrs, setField } from "./attrs-types.ts";
import { definitionMarks, mergeMember } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import type { Definable } from "@firn/definition";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type JsonSchema, nestedDescription, type OptionType } from "./option-type.ts";
import { isPlainObject } from "./same-value.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

type AttrListDefinition<D> = Attrs<Definable<D>> | readonly Attrs<Definable<D>>[];

/**
 * Named values in an order, names possibly repeated: a list of objects with one
 * key each, for command lines and directive files. A definition is such a list,
 * or one object; priorities count name by name, orders over the whole.
 */
export function attrListOf<T, D>(member: TypeLike<T, D>): OptionType<readonly Attrs<T>[], AttrListDefinition<D>> {
  const memberType = toOptionType(member);
  return defineType({
    name: "attrListOf",
    description: `ordered attribute list of ${nestedDescription(memberType)}`,
    phrase: "composite",
    accepts: (value) => Array.isArray(value) || isPlainObject(value),
    merge: (definitions, site) => mergeAttrList(memberType, strongest(definitions), site),
    empty: () => [],
    jsonSchema: () => attrListSchema(memberType.jsonSchema()),
    members: [{ part: "<name>", type: memberType }],
  });
}

function attrListSchema(member: JsonSchema): JsonSchema {
  const named = { type: "object", additionalProperties: member };
  return { anyOf: [{ type: "array", items: { ...named, minProperties: 1, maxProperties: 1 } }, named] };
}

interface Entry {
  readonly name: string;
  readonly definition: Definition;
}

function mergeAttrList(type: OptionType, definitions: readonly Definition[], site: MergeSite): unknown {
  const entries = definitions.flatMap((definition) => entriesOf(definition, site));
  if (entries.includes(NO_VALUE)) return NO_VALUE;
  const counted = dischargeEntries(entries as Entry[], site);
  const sorted = sortByOrder(counted.map(({ definition }) => definition));
  const nameOf = new Map(counted.map(({ name, definition }) => [definition, name]));
  const merged = sorted.map((definition) => mergeEntry(type, { name: nameOf.get(definition) ?? "", definition }, site));
  return merged.includes(NO_VALUE) ? NO_VALUE : Object.freeze(merged);
}

function entriesOf(definition: Definition, site: MergeSite): (Entry | typeof NO_VALUE)[] {
  const { value } = definition;
  const elements = Array.isArray(value) ? (value as unknown[]) : [value];
  const isList = Array.isArray(value);
  return elements.flatMap((element, index): (Entry | typeof NO_VALUE)[] => {
    if (!isPlainObject(element))
      return [failElement(definition, `be an attribute set, but got ${kindOf(element)}`, site)];
    const names = Object.keys(element);
    if (isList && names.length !== 1) {
      return [failElement(definition, `be a single-key attribute set, but got ${names.length} keys`, site)];
    }
    const origin = isList ? moveOrigin(definition.origin, [...site.path, String(index)], site.path) : definition.origin;
    return names.map((name) => ({ name, definition: { ...definition, origin, value: element[name] } }));
  });
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : typeof value;
}

function failElement(definition: Definition, reason: string, site: MergeSite): typeof NO_VALUE {
  return site.fail({
    code: "type-mismatch",
    message: `Cannot take the definition of "${renderPath(site.path)}": each list element must ${reason}`,
    marks: definitionMarks([definition], site.path),
    fix: "Write each element as an object with one key, { name: value }",
  });
}

/** Unwraps each entry and keeps, for each name, the strongest only. */
function dischargeEntries(entries: readonly Entry[], site: MergeSite): Entry[] {
  const found = entries.flatMap(({ name, definition }) =>
    site
      .member(name)
      .discharge([definition])
      .map((each) => ({ name, definition: each })),
  );
  const least = new Map<string, number>();
  for (const { name, definition } of found) {
    least.set(name, Math.min(definition.priority, least.get(name) ?? Number.POSITIVE_INFINITY));
  }
  return found.filter(({ name, definition }) => definition.priority === least.get(name));
}

function mergeEntry(type: OptionType, { name, definition }: Entry, site: MergeSite): unknown {
  const value = mergeMember(type, [definition], site.member(name));
  if (value === NO_VALUE) return NO_VALUE;
  const entry = {};
  setField(entry, name, value);
  return Object.freeze(entry);
}
