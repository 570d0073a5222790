import { type Diagnostic, renderValue, similarNames } from "@firn/diagnostic";
import { isPlainObject } from "@firn/option";
import type { Module } from "./module.ts";
import { moduleMark } from "./module-name.ts";

type Check = readonly [isFine: (value: unknown) => boolean, wanted: string, fix: string];

const isText = (value: unknown): boolean => typeof value === "string";
const isSet = (value: unknown): boolean => isPlainObject(value);

/** What `defineModule` takes, and what each must be; where it says nothing, others look closer. */
const fields: { readonly [name: string]: Check | undefined } = {
  name: [isText, "text", 'Write name: "…"'],
  class: [isText, "text", 'Write class: "…"'],
  key: undefined,
  imports: [
    Array.isArray,
    "a list of modules",
    "Write imports: [ … ]; to import by a condition, put it inside the module",
  ],
  disabledModules: [Array.isArray, "a list of modules", "Write disabledModules: [ … ]"],
  args: [isSet, "an object with types", "Write args: { name: types.str }"],
  freeform: undefined,
  options: undefined,
  config: [(value) => typeof value === "function", "a function", "Write config(_, define) { define({ … }); }"],
};

/** Reports what `defineModule` was given and does not take: the compiler says it too, but not everybody asks it. */
export function settingsProblems(module: Module): Diagnostic[] {
  return Object.entries(module.settings).flatMap(([name, value]) => {
    if (!Object.hasOwn(fields, name)) return [unknownField(module, name)];
    const check = fields[name];
    return check === undefined || value === undefined || check[0](value)
      ? []
      : [wrongField(module, { name, value, check })];
  });
}

function unknownField(module: Module, name: string): Diagnostic {
  const [near] = similarNames(name, Object.keys(fields));
  return {
    code: "bad-module",
    severity: "error",
    message: `Cannot use "${name}" in a module: defineModule takes no such field`,
    marks: [moduleMark(module, "given here", [name])],
    why: [`It takes ${Object.keys(fields).join(", ")}`],
    fix:
      near === undefined
        ? `Define it in the function: config(_, define) { define({ ${name}: … }); }`
        : `Did you mean "${near}"?`,
  };
}

function wrongField(
  module: Module,
  { name, value, check: [, wanted, fix] }: { name: string; value: unknown; check: Check },
): Diagnostic {
  return {
    code: "bad-module",
    severity: "error",
    message: `Cannot use ${renderValue(value)} as the ${name} of a module: expected ${wanted}`,
    marks: [moduleMark(module, "given here", [name])],
    fix,
  };
}
