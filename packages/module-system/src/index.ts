export {
  type ArgumentTypes,
  type ConfigArguments,
  type Define,
  defineModule,
  isModule,
  type Module,
  type ModuleSettings,
  type OptionTree,
} from "./module.ts";
export type { ConfigOf, Definitions, OptionsOf, OptionsOfModules } from "./module-shape.ts";
export { evaluate, type EvaluateSettings } from "./evaluate.ts";
export type { Evaluation } from "./evaluation.ts";
export type { ExplainedDefinition, ExplainedRead, Explanation } from "./explain.ts";
export type { MemberOrigin, ReadOrigin } from "./member-origins.ts";
export type { GraphNode } from "./module-list.ts";
export type { OptionEntry } from "./option-list.ts";
export type { OptionInfo } from "./option-info.ts";
export { mkEnableOption } from "./enable-option.ts";
export {
  mkAliasOptionModule,
  mkChangedOptionModule,
  mkMergedOptionModule,
  mkRemovedOptionModule,
  mkRenamedOptionModule,
  type OptionPath,
  type RemovedOption,
} from "./renames.ts";
export { type LanguageTypes, types } from "./language-types.ts";
export type { SubmoduleSettings } from "./submodule.ts";
