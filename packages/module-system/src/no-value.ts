import { type Diagnostic, type Place, renderPath } from "@firn/diagnostic";
import type { OptionNode } from "./graph.ts";
import { declarationMarks } from "./merge-problems.ts";

/** Reports the read of an option that nobody defines. */
export function noValueProblem(node: OptionNode, readAt?: Place): Diagnostic {
  const path = renderPath(node.path);
  const read = readAt === undefined ? [] : [{ role: "read here", place: readAt }];
  const [first, second, argument] = node.shape.path;
  const isArgument = first === "_module" && second === "args" && argument !== undefined;
  if (isArgument) return noArgument(argument, node, read);
  return {
    code: "no-value",
    severity: "error",
    message: `Cannot read "${path}": it has no value`,
    optionPath: node.path,
    marks: [...read, ...declarationMarks(node)],
    why: ["No module defines it, and it has no default"],
    fix: `Define it: define(${renderNested(node.path)}), or give the option a default`,
  };
}

function noArgument(name: string, node: OptionNode, read: Diagnostic["marks"]): Diagnostic {
  return {
    code: "no-argument",
    severity: "error",
    message: `Cannot read the module argument "${name}": nobody gives it`,
    optionPath: node.path,
    marks: [...read, ...declarationMarks(node)],
    fix: `Give it when evaluating, args: { ${name}: … }, or define({ _module: { args: { ${name}: … } } })`,
  };
}

function renderNested(path: readonly string[]): string {
  return path.reduceRight(
    (inner, part) => `{ ${/^[A-Za-z_$][\w$]*$/.test(part) ? part : JSON.stringify(part)}: ${inner} }`,
    "…",
  );
}
