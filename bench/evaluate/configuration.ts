/** One abstract configuration, before it is written in any language. */
export interface Configuration {
  readonly modules: readonly ModulePlan[];
}

/** One module: what it declares, and what it defines under which condition. */
export interface ModulePlan {
  readonly name: string;
  readonly options: readonly OptionPlan[];
  readonly blocks: readonly Block[];
}

/** The option `services.<module>.<name>`. */
export interface OptionPlan {
  readonly name: string;
  readonly kind: Kind;
  /** Its declared default; undefined where it has none. */
  readonly fallback: Value | Entries | undefined;
}

/** Each stands for one option type; `entries` is an attribute set of submodules with the options `fields`. */
export type Kind = "flag" | "text" | "number" | "list" | "lines" | "entries";

/** The five options of every submodule. */
export const fields = [
  { name: "enable", kind: "flag", fallback: true },
  { name: "host", kind: "text", fallback: "localhost" },
  { name: "port", kind: "number", fallback: 80 },
  { name: "root", kind: "text", fallback: "/srv" },
  { name: "tags", kind: "list", fallback: [] },
] as const satisfies readonly OptionPlan[];

/** Names one option from anywhere. */
export interface OptionRef {
  readonly module: string;
  readonly option: string;
}

/** Definitions that count while an option of type bool is true, or always. */
export interface Block {
  readonly condition: OptionRef | undefined;
  readonly definitions: readonly Definition[];
}

/** A value for one option, of the module itself or of another. */
export interface Definition {
  readonly target: OptionRef;
  readonly priority: Priority;
  readonly value: Value | Entries;
}

/** The wrapper around a value: none, mkDefault, mkForce, or mkOverride with a number. */
export type Priority = "plain" | "default" | "force" | number;

/** A literal, or the text of another option with a suffix; no literal needs escapes in any of the languages. */
export type Value = boolean | number | string | Reading | readonly Value[];

/** The value of a text option, followed by a suffix. */
export interface Reading {
  readonly reads: OptionRef;
  readonly suffix: string;
}

/** Submodules by name; each gives some of their options. */
export interface Entries {
  readonly submodules: Readonly<Record<string, Readonly<Record<string, Field>>>>;
}

/** A value for one option of a submodule. */
export interface Field {
  readonly priority: Priority;
  readonly value: Value;
}

/** Lists the options that a module's definitions and conditions mention, its own included. */
export function mentioned(module: ModulePlan): OptionRef[] {
  return module.blocks.flatMap(({ condition, definitions }) => [
    ...(condition === undefined ? [] : [condition]),
    ...definitions.flatMap(({ target, value }) => [target, ...readings(value)]),
  ]);
}

function readings(value: Value | Entries): OptionRef[] {
  if (typeof value !== "object" || "submodules" in value) return [];
  return "reads" in value ? [value.reads] : value.flatMap(readings);
}

/** Lists the other modules that a module mentions, sorted. */
export function neighbors(module: ModulePlan): string[] {
  const names = new Set(mentioned(module).map((option) => option.module));
  names.delete(module.name);
  return [...names].toSorted();
}
