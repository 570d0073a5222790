import { type Diagnostic, renderPath, renderValue } from "@firn/diagnostic";
import { isOptionType, isPlainObject, type Option } from "@firn/option";
import type { Module } from "./module.ts";
import { moduleMark } from "./module-name.ts";
import { renderNested } from "./render-nested.ts";

interface DeclaredOption {
  readonly path: readonly string[];
  readonly declared: Option;
  readonly modules: readonly Module[];
}

/** Reports two declarations of one option that do not merge. */
export function alreadyDeclared(
  { path, property = ["options", ...path] }: { path: readonly string[]; property?: readonly string[] },
  reason: string,
  modules: readonly Module[],
): Diagnostic {
  const [last, ...earlier] = modules.toReversed();
  return {
    code: "already-declared",
    severity: "error",
    message: `Cannot declare "${renderPath(path)}" again: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`,
    optionPath: path,
    marks: [
      ...(last === undefined ? [] : [moduleMark(last, "declared again here", property)]),
      ...earlier.map((module) => moduleMark(module, "already declared here", property)),
    ],
    fix: "Remove one declaration, or make them differ only in what can be merged (enum values, submodule options, checks)",
  };
}

/** Reports options declared below one that has no options of its own. */
export function optionBelowOption(option: DeclaredOption, below: Module): Diagnostic {
  const property = ["options", ...option.path];
  const [declaring] = option.modules;
  return {
    code: "option-below-option",
    severity: "error",
    message: `Cannot declare options below "${renderPath(option.path)}": its type "${option.declared.type.description}" has no options of its own`,
    optionPath: option.path,
    marks: [
      moduleMark(below, "options below it declared here", property),
      ...(declaring === undefined ? [] : [moduleMark(declaring, "declared as an option here", property)]),
    ],
    fix: "Give the option the type types.submodule({ options: { … } }), or move the options elsewhere",
  };
}

/** Reports something else where a declaration is expected. */
export function notAnOption(path: readonly string[], value: unknown, module: Module): Diagnostic {
  const expected = path.length === 0 ? "an object with option declarations" : "an option declaration";
  return {
    code: "not-an-option",
    severity: "error",
    message: `Cannot declare ${path.length === 0 ? "options" : `"${renderPath(path)}"`}: expected ${expected}, but got ${kindOf(value)}`,
    optionPath: path,
    marks: [moduleMark(module, "declared here", ["options", ...path])],
    fix: adviseDeclaration(path, value),
  };
}

function kindOf(value: unknown): string {
  if (isOptionType(value)) return `a bare type ("${value.description}")`;
  if (isSchema(value)) return "a bare schema";
  if (isPlainObject(value)) return "what option takes";
  if (value === null || Array.isArray(value)) return value === null ? "null" : "a list";
  return `a value of type ${typeof value}`;
}

function isSchema(value: unknown): boolean {
  return typeof value === "object" && value !== null && "~standard" in value;
}

function adviseDeclaration(path: readonly string[], value: unknown): string {
  if (path.length === 0) return "Write options: { name: option({ type: … }) }";
  if (isOptionType(value)) return "Write option({ type: … }) around the type";
  if (isSchema(value)) return "Write option({ type: … }) around the schema";
  if (isPlainObject(value)) return "Write option({ … }) around it";
  if (typeof value === "function") return `Call the function: ${value.name || "name"}(…)`;
  return `Write option({ type: … }); to define the option, write define(${renderNested(path, renderValue(value))}) in config`;
}
