import { type Diagnostic, isDiagnosticError, nearestNames, renderPath, renderValue } from "@firn/diagnostic";
import { placeOf } from "@firn/definition";
import { isOption } from "@firn/option";
import { ConfigTask } from "./config-task.ts";
import type { DefinitionSource, Scope, Unmatched } from "./graph.ts";
import { moduleMark, moduleName } from "./module-name.ts";
import { nodesOf } from "./scope.ts";

/** Gathers the problems and messages of a scope once everything stands still. */
export function diagnoseScope(scope: Scope): Diagnostic[] {
  return [...[...nodesOf(scope)].flatMap(({ problems }) => problems), ...scope.sources.flatMap(diagnoseSource)];
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

function unknownOption({ path, definition, group }: Unmatched): Diagnostic {
  const name = renderPath(path);
  const mark = { role: `defined here as ${renderValue(definition.value)}`, place: placeOf(definition.origin, path) };
  if (isOption(definition.value)) {
    return {
      code: "option-in-config",
      severity: "error",
      message: `Cannot define "${name}": it is an option declaration, and stands among the definitions`,
      optionPath: path,
      marks: [{ ...mark, role: "declared here" }],
      fix: "Move the declaration into the options of the module",
    };
  }
  const siblings = [...group.children.keys()].filter((each) => each !== "_module");
  return {
    code: "unknown-option",
    severity: "error",
    message: `Cannot define "${name}": there is no such option`,
    optionPath: path,
    marks: [mark],
    ...adviceForUnknown(path, siblings),
  };
}

function adviceForUnknown(path: readonly string[], siblings: readonly string[]): Pick<Diagnostic, "why" | "fix"> {
  const parent = path.slice(0, -1);
  const near = nearestNames(path.at(-1) ?? "", siblings).map((name) => `"${renderPath([...parent, name])}"`);
  if (near.length > 0)
    return { fix: `Did you mean ${joinAlternatives(near)}? If not, import the module that declares it` };
  const where =
    parent.length === 0
      ? "The modules declare no options at all"
      : `No options are declared in "${renderPath(parent)}"`;
  return { why: [where], fix: "Import the module that declares it, or declare it in the options of a module" };
}

function joinAlternatives(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
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
  return [
    {
      code: "config-threw",
      severity: "error",
      message: `Cannot evaluate the module "${moduleName(module)}"${pathSuffix(task.scope)}: ${reason}`,
      marks: [
        thrown instanceof Error
          ? { role: "thrown here", place: { capture: thrown, label: moduleName(module) } }
          : moduleMark(module, "thrown by its config", ["config"]),
      ],
      fix: "Mend the function; if it reads an option that may be missing, test for it first",
      cause: thrown,
    },
  ];
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
        ? `Cannot evaluate the module "${moduleName(module)}": its config is asynchronous`
        : `Cannot use what the config of the module "${moduleName(module)}" returns`,
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
          message: `Cannot accept the configuration${path}: ${message}`,
          marks: marks.map((mark) => ({ ...mark, role: "asserted here" })),
          fix: "Change the definitions that the message speaks of",
        };
  });
}
