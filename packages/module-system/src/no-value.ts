import { type Diagnostic, type Place, renderPath } from "@firn/diagnostic";
import type { OptionNode } from "./graph.ts";
import { declarationMarks } from "./merge-problems.ts";
import { renderNested } from "./render-nested.ts";

/** Reports the read of an option that nobody defines. */
export function noValueProblem(node: OptionNode, readAt?: Place): Diagnostic {
  const path = renderPath(node.path);
  const read = readAt === undefined ? [] : [{ role: "read here", place: readAt }];
  const [first, second, argument] = node.shape.path;
  const isArgument = first === "_module" && second === "args" && argument !== undefined;
  if (isArgument) return noArgument(argument, node, read);
  if (node.shape.forward?.kind === "removed") return removedRead(node, node.shape.forward.text, read);
  const isConditional = node.definitions().length > 0;
  return {
    code: "no-value",
    severity: "error",
    message: `Cannot read "${path}": it has no value`,
    optionPath: node.path,
    marks: [...read, ...declarationMarks(node)],
    why: [
      isConditional
        ? "No condition of its definitions holds, and it has no default"
        : "No module defines it, and it has no default",
    ],
    fix: isConditional
      ? "Read it under the condition under which it is defined, or give the option a default"
      : `Define it: define(${renderNested(node.path)}), or give the option a default`,
  };
}

function noArgument(name: string, node: OptionNode, read: Diagnostic["marks"]): Diagnostic {
  return {
    code: "no-argument",
    severity: "error",
    message: `Cannot read the module argument "${name}": nobody gives it`,
    optionPath: node.path,
    marks: [...read, ...declarationMarks(node)],
    fix:
      node.scope.owner === undefined
        ? `Give it when evaluating, args: { ${name}: … }, or define({ _module: { args: { ${name}: … } } })`
        : `Give it where the submodule is declared: types.submodule({ … }, { args: { ${name}: … } })`,
  };
}

function removedRead(node: OptionNode, text: string, marks: Diagnostic["marks"]): Diagnostic {
  return {
    code: "removed-option",
    severity: "error",
    message: `Cannot read "${renderPath(node.path)}": the option was removed`,
    optionPath: node.path,
    marks,
    why: [text],
    fix: "Remove the read",
  };
}
