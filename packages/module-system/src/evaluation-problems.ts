import { type Diagnostic, isDiagnosticError, type Place, renderPath, renderValue } from "@firn/diagnostic";
import { findWrapper, placeOf } from "@firn/definition";
import { isOption, isPlainObject } from "@firn/option";
import { ConfigTask } from "./config-task.ts";
import type { DefinitionSource, Scope, Unmatched } from "./graph.ts";
import { describeModule, moduleMark, moduleName } from "./module-name.ts";
import { adviseUnknown } from "./unknown-option-advice.ts";

/** Gathers the problems and messages of a scope once everything stands still. */
export function diagnoseScope(scope: Scope): Diagnostic[] {
  const failed = scope.nodes.filter(({ problems }) => problems.length > 0);
  return [...failed.flatMap(({ problems }) => problems), ...scope.sources.flatMap(diagnoseSource)];
}

function diagnoseSource(source: DefinitionSource): Diagnostic[] {
  const { unmatched, problems, forwarded } = source.collected;
  return [
    ...problems,
    ...unmatched.map(unknownOption),
    ...forwarded.flatMap(forwardedUse),
    ...(source instanceof ConfigTask ? diagnoseTask(source) : []),
  ];
}

function unknownOption(unmatched: Unmatched): Diagnostic {
  const { path, definition } = unmatched;
  const declared = findDeclaration(definition.value, path);
  if (declared !== undefined) return optionInConfig(declared, placeOf(definition.origin, declared));
  const name = renderPath(path);
  const shown = findWrapper(definition.value) === undefined ? ` as ${renderValue(definition.value)}` : "";
  const mark = { role: `defined here${shown}`, place: placeOf(definition.origin, path) };
  return {
    code: "unknown-option",
    severity: "error",
    message: `Cannot define "${name}": there is no such option`,
    optionPath: path,
    marks: [mark],
    ...adviseUnknown(unmatched),
  };
}

const declarationDepth = 4;

/** Finds an option declared in a value, by its path; not deep down, for the value may be anything. */
function findDeclaration(value: unknown, path: readonly string[], depth = 0): readonly string[] | undefined {
  if (isOption(value)) return path;
  if (depth === declarationDepth || !isPlainObject(value)) return undefined;
  for (const [name, { value: inner }] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    const found = findDeclaration(inner, [...path, name], depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function optionInConfig(path: readonly string[], place: Place): Diagnostic {
  return {
    code: "option-in-config",
    severity: "error",
    message: `Cannot define "${renderPath(path)}": it is an option declaration, and stands among the definitions`,
    optionPath: path,
    marks: [{ role: "declared here", place }],
    fix: "Move the declaration into the options of the module",
  };
}

function forwardedUse({ node, place }: DefinitionSource["collected"]["forwarded"][number]): Diagnostic[] {
  const { forward } = node.shape;
  const name = renderPath(node.path);
  if (forward?.kind === "removed") {
    return [
      {
        code: "removed-option",
        severity: "error",
        message: `Cannot define "${name}": the option was removed`,
        optionPath: node.path,
        marks: [{ role: "defined here", place }],
        why: [forward.text],
        fix: "Remove the definition",
      },
    ];
  }
  if (forward === undefined || (forward.kind === "alias" && !forward.warn)) return [];
  const to = renderPath([...node.scope.path, ...forward.to]);
  return [
    {
      code: "renamed-option",
      severity: "warning",
      message: `The option "${name}" was renamed to "${to}"`,
      optionPath: node.path,
      marks: [{ role: "defined here by its old name", place }],
      fix: `Define "${to}" instead`,
    },
  ];
}

function diagnoseTask(task: ConfigTask): Diagnostic[] {
  return [...diagnoseThrown(task), ...diagnoseReturned(task), ...diagnoseNotices(task)];
}

function diagnoseThrown(task: ConfigTask): readonly Diagnostic[] {
  const { thrown, module } = task;
  if (thrown === undefined) return [];
  if (isDiagnosticError(thrown)) return thrown.diagnostics;
  const reason = thrown instanceof Error ? thrown.message : `it threw ${renderValue(thrown)}`;
  if (isChange(reason)) return [changedFrozen(reason, thrown)];
  return [
    {
      code: "config-threw",
      severity: "error",
      message: `Cannot evaluate ${describeModule(module)}${pathSuffix(task.scope)}: ${reason}`,
      marks: [
        thrown instanceof Error
          ? { role: "thrown here", place: { capture: thrown, label: moduleName(module) } }
          : moduleMark(module, "thrown by its config", ["config"]),
      ],
      fix: adviseThrown(reason),
      cause: thrown,
    },
  ];
}

function adviseThrown(reason: string): string {
  const [, what = "", name = ""] = /^Cannot read properties of (\w+) \(reading '(.*)'\)$/.exec(reason) ?? [];
  if (what === "") return "Mend the function; if it reads an option that may be missing, test for it first";
  return `What stands before ${/^\d+$/.test(name) ? `[${name}]` : `.${name}`} is ${what}: check its name, or test for it first`;
}

/** Tells, by what V8 says, whether someone tried to change a value of the configuration: all of them are frozen. */
function isChange(reason: string): boolean {
  return /^Cannot (add property .*, object is not extensible|assign to read only property|delete property|add\/remove sealed array elements)/.test(
    reason,
  );
}

function changedFrozen(reason: string, thrown: unknown): Diagnostic {
  return {
    code: "config-changed-value",
    severity: "error",
    message: "Cannot change a value of the configuration: it is read, not written",
    marks: [{ role: "changed here", place: { capture: thrown as Error } }], // V8 throws a TypeError.
    why: [reason],
    fix: "Give what is to be added to define({ … }); to compute with the value, copy it first: [...list], { ...set }",
    cause: thrown,
  };
}

function pathSuffix({ path }: Scope): string {
  return path.length === 0 ? "" : ` at "${renderPath(path)}"`;
}

function diagnoseReturned({ returned, module }: ConfigTask): Diagnostic[] {
  if (returned === undefined) return [];
  const isAsync = returned instanceof Promise;
  return [
    {
      code: "config-returned",
      severity: "error",
      message: isAsync
        ? `Cannot evaluate ${describeModule(module)}: its config is asynchronous`
        : `Cannot use what the config of ${describeModule(module)} returns`,
      marks: [moduleMark(module, "this config", ["config"])],
      why: [
        isAsync
          ? "Evaluation is pure: there is nothing to wait for"
          : "Definitions are given to define, so that the editor can check them",
      ],
      fix: isAsync ? "Remove async and await" : "Write define({ … }) instead of return { … }",
    },
  ];
}

function diagnoseNotices(task: ConfigTask): Diagnostic[] {
  return task.notices.map(({ kind, message }, index) => {
    const place = task.trace().notices[index];
    const marks =
      place === undefined ? [moduleMark(task.module, "said here", ["config"])] : [{ role: "said here", place }];
    const path = pathSuffix(task.scope);
    return kind === "warning"
      ? { code: "warning", severity: "warning", message: `${message}${path}`, marks }
      : {
          code: "assertion-failed",
          severity: "error",
          message: `Cannot accept the configuration${path}: ${message ?? "an assertion without a message failed"}`,
          marks: marks.map((mark) => ({ ...mark, role: "asserted here" })),
          fix: "Change the definitions that the message speaks of",
        };
  });
}
