import { renderPath } from "@firn/diagnostic";
import type { Definable, Definition } from "@firn/definition";
import { declareAgain } from "./declare-again.ts";
import { adviseWinner, definitionMarks, mergeMember, takeChecked } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import { type AnyOption, isOption, type Option } from "./option.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type OptionType } from "./option-type.ts";
import { isPlainObject } from "./same-value.ts";

type Tags = { readonly [tag: string]: Option };
type AnyTags = { readonly [tag: string]: AnyOption };

// Indexed where they are used: so the compiler shows the alternatives and not the declarations.
type TagValues<O> = {
  readonly [K in keyof O]: O[K] extends { readonly "~value": infer V } ? { readonly [P in K]: V } : never;
};
type TagDefinitions<O> = {
  readonly [K in keyof O]: O[K] extends { readonly "~definition": infer D }
    ? { readonly [P in K]: Definable<D> }
    : never;
};

/**
 * An object with exactly one of several keys, each an option of its own:
 * `{ left: 1 }` or `{ right: "text" }`.
 *
 * @throws TypeError when a tag is not declared with `option`
 */
export function attrTag<O extends AnyTags>(declared: O): OptionType<TagValues<O>[keyof O], TagDefinitions<O>[keyof O]> {
  for (const [tag, value] of Object.entries(declared)) assertOption(tag, value);
  return tagsType(declared as AnyTags as Tags) as never; // Phantoms have no value.
}

function tagsType(tags: Tags): OptionType {
  const names = Object.keys(tags);
  const type: OptionType = defineType({
    name: "attrTag",
    description: `attribute-tagged union with choices: ${names.join(", ")}`,
    accepts: (value) => isPlainObject(value) && Object.keys(value).length === 1 && isKnown(tags, Object.keys(value)),
    explain: () => `Exactly one of these is to be set: ${names.join(", ")}`,
    advise: (value) =>
      `Write ${(names.includes(String(value)) ? [String(value)] : names).map((tag) => `{ ${tag}: … }`).join(" or ")}`,
    merge(definitions, site) {
      const winning = takeChecked(type, definitions, site);
      return winning === NO_VALUE ? NO_VALUE : mergeTag(tags, winning, site);
    },
    combine: (other) => combineTags(tags, other.payload as Tags),
    jsonSchema: () => ({ oneOf: names.map((name) => tagSchema(name, tags)) }),
    members: names.map((part) => ({ part, type: (tags[part] as Option).type })),
    payload: tags,
  });
  return type;
}

function assertOption(tag: string, value: unknown): void {
  if (isOption(value)) return;
  throw new TypeError(
    `In attrTag, each tag value must be an option, but tag ${tag} is not one: write ${tag}: option({ type: … })`,
  );
}

function isKnown(tags: Tags, names: readonly string[]): boolean {
  return names.every((name) => Object.hasOwn(tags, name));
}

function tagSchema(name: string, tags: Tags): object {
  const schema = tags[name]?.type.jsonSchema();
  return { type: "object", properties: { [name]: schema }, required: [name], additionalProperties: false };
}

function mergeTag(tags: Tags, definitions: readonly Definition[], site: MergeSite): unknown {
  const used = [...new Set(definitions.flatMap(({ value }) => Object.keys(value as object)))];
  const [tag = ""] = used;
  if (used.length > 1) return failTags(used, definitions, site);
  const member = site.member(tag);
  const declared = tags[tag] as Option;
  const found = member.discharge(
    definitions.map((each) => ({ ...each, value: Reflect.get(each.value as object, tag) })),
  );
  const merged = mergeMember(declared.type, found, member);
  if (merged === NO_VALUE) return NO_VALUE;
  return Object.freeze({ [tag]: declared.apply === undefined ? merged : declared.apply(merged as never) });
}

function failTags(used: readonly string[], definitions: readonly Definition[], site: MergeSite): typeof NO_VALUE {
  return site.fail({
    code: "conflicting-definitions",
    message: `Cannot merge the definitions of "${renderPath(site.path)}": they choose different tags`,
    marks: definitionMarks(definitions, site.path),
    why: [`The tags are ${used.join(", ")}, and there can be one only`],
    fix: adviseWinner(definitions),
  });
}

/** Unites the tags; a tag that both declare is declared twice like any option. */
function combineTags(mine: Tags, theirs: Tags): OptionType | undefined {
  const united = new Map(Object.entries(mine));
  for (const [tag, declared] of Object.entries(theirs)) {
    const known = united.get(tag);
    const merged = known === undefined ? declared : declareAgain(known, declared);
    if (typeof merged === "string") return undefined;
    united.set(tag, merged);
  }
  return tagsType(Object.fromEntries(united));
}
