import { type Diagnostic, renderPath } from "@firn/diagnostic";
import { isOptionType, type Option } from "@firn/option";
import type { Module } from "./module.ts";
import { moduleMark } from "./module-name.ts";

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
  const kind = isOptionType(value) ? `a bare type ("${value.description}")` : `a value of type ${typeof value}`;
  return {
    code: "not-an-option",
    severity: "error",
    message: `Cannot declare "${renderPath(path)}": expected an option declaration, but got ${kind}`,
    optionPath: path,
    marks: [moduleMark(module, "declared here", ["options", ...path])],
    fix: isOptionType(value) ? "Write option({ type: … }) around the type" : "Write option({ type: … })",
  };
}
