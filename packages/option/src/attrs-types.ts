import { type Definable, type Definition, priorities, strongest } from "@firn/definition";
import { combineTypes } from "./combine-types.ts";
import { checkEach, mergeMember, takeChecked } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, nestedDescription, type OptionType } from "./option-type.ts";
import { isPlainObject, type PlainObject } from "./same-value.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

/** What reading an `attrsOf` gives. */
export type Attrs<T> = { readonly [name: string]: T };

/** What `attrsOf` takes beside the type of its members. */
export interface AttrsSettings {
  /** Stands for the names of members in documentation. @default "name" */
  readonly placeholder?: string;
}

/**
 * Named members of one type, merged name by name; a name vanishes when no
 * definition of it is left.
 *
 * Where members have options of their own (submodules), a weaker definition of
 * the whole is not dropped but reaches the fields with its priority; a definition
 * stronger than plain (`mkForce`) still decides alone which names there are.
 */
export function attrsOf<T, D>(
  member: TypeLike<T, D>,
  settings: AttrsSettings = {},
): OptionType<Attrs<T>, Attrs<Definable<D>>> {
  const memberType = toOptionType(member);
  const placeholder = settings.placeholder ?? "name";
  const type: OptionType<Attrs<T>, Attrs<Definable<D>>> = defineType({
    name: "attrsOf",
    description: `attribute set of ${nestedDescription(memberType)}`,
    phrase: "composite",
    accepts: isPlainObject,
    merge: (definitions, site) => mergeAttrs({ type, memberType }, definitions, site),
    empty: () => ({}),
    combine: (other) => combineAttrs({ memberType, placeholder }, other),
    jsonSchema: () => ({ type: "object", additionalProperties: memberType.jsonSchema() }),
    members: [{ part: `<${placeholder}>`, type: memberType }],
    payload: { memberType, placeholder },
  });
  return type;
}

interface AttrsPayload {
  readonly memberType: OptionType;
  readonly placeholder: string;
}

function combineAttrs(mine: AttrsPayload, other: OptionType): OptionType | undefined {
  const theirs = other.payload as AttrsPayload;
  const combined = combineTypes(mine.memberType, theirs.memberType);
  const names = new Set([mine.placeholder, theirs.placeholder].filter((name) => name !== "name"));
  if (combined === undefined || names.size > 1) return undefined;
  const [placeholder] = names;
  return attrsOf(combined, placeholder === undefined ? {} : { placeholder });
}

function mergeAttrs(
  { type, memberType }: { type: OptionType; memberType: OptionType },
  definitions: readonly Definition[],
  site: MergeSite,
): unknown {
  const counted = memberType.hasFields === true ? withoutReplaced(definitions) : strongest(definitions);
  const checked = checkEach(type, counted, site);
  return checked === NO_VALUE ? NO_VALUE : mergeNames(memberType, groupByName(counted), site);
}

/** Drops what a forced definition replaces, and defaults when there is anything else. */
function withoutReplaced(definitions: readonly Definition[]): readonly Definition[] {
  const [first] = strongest(definitions);
  const least = first?.priority ?? priorities.plain;
  // Declared defaults are weaker than mkDefault, by how much depends on how far outside they stand.
  if (least < priorities.plain || least > priorities.default) return strongest(definitions);
  return definitions.filter(({ priority }) => priority <= priorities.default);
}

/** Gathers the definitions of each member, by name, in order of first appearance. */
export function groupByName(definitions: readonly Definition[]): Map<string, Definition[]> {
  const byName = new Map<string, Definition[]>();
  for (const definition of definitions) {
    for (const [name, value] of Object.entries(definition.value as PlainObject)) {
      const found = byName.get(name);
      const member = { ...definition, value };
      if (found === undefined) byName.set(name, [member]);
      else found.push(member);
    }
  }
  return byName;
}

function mergeNames(type: OptionType, byName: Map<string, Definition[]>, site: MergeSite): unknown {
  const merged: Record<string, unknown> = {};
  let failed = false;
  for (const [name, definitions] of byName) {
    const member = site.member(name);
    const found = member.discharge(definitions);
    if (found.length === 0) continue;
    const value = mergeMember(type, found, member);
    if (value === NO_VALUE) failed = true;
    else setField(merged, name, value);
  }
  return failed ? NO_VALUE : Object.freeze(merged);
}

/** Sets a field whatever its name is: an assignment to `__proto__` would not make a field. */
export function setField(fields: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") {
    Object.defineProperty(fields, name, { value, enumerable: true, configurable: true, writable: true });
  } else fields[name] = value;
}

/** A set whose members are taken as they are; later definitions win name by name. */
export const attrs: OptionType<Attrs<unknown>> = defineType({
  name: "attrs",
  description: "attribute set",
  accepts: isPlainObject,
  merge(definitions, site) {
    const winning = takeChecked(attrs, definitions, site);
    if (winning === NO_VALUE) return NO_VALUE;
    const merged = {};
    for (const [name, value] of winning.flatMap((each) => Object.entries(each.value as PlainObject)))
      setField(merged, name, value);
    return Object.freeze(merged);
  },
  empty: () => ({}),
  combine: () => attrs,
  jsonSchema: () => ({ type: "object" }),
});
