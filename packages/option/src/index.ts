export {
  type AnyOption,
  isOption,
  type Option,
  option,
  type OptionDeclaration,
  type OptionSettings,
} from "./option.ts";
export { declareAgain } from "./declare-again.ts";
export {
  defineType,
  isOptionType,
  type JsonSchema,
  type OptionType,
  type Phrase,
  type TypeBehavior,
} from "./option-type.ts";
export { NO_VALUE } from "./no-value.ts";
export type { DetachedSite, MergeProblem, MergeSite } from "./merge-site.ts";
export { combineTypes } from "./combine-types.ts";
export { definitionMarks, mergeMember, takeChecked } from "./merging.ts";
export { isPlainObject, isView, type PlainObject, sameValue, VIEW } from "./same-value.ts";
export { type SchemaLike, toOptionType, type TypeLike } from "./schema-type.ts";
export { type BaseTypes, baseTypes } from "./base-types.ts";
export type { Attrs } from "./attrs-types.ts";
export type { JsonValue, TomlValue } from "./json-types.ts";
