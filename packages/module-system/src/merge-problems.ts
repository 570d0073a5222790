import { type Diagnostic, isDiagnosticError, type Mark, renderPath } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import { definitionMarks, type MergeProblem } from "@firn/option";
import type { OptionNode } from "./graph.ts";
import { moduleMark } from "./module-name.ts";

/** Marks the declarations of an option. */
export function declarationMarks(node: OptionNode): Mark[] {
  const type = node.type.description;
  return node.shape.modules.map((module) =>
    moduleMark(module, `declared here, type "${type}"`, ["options", ...node.shape.path]),
  );
}

/** Reports more than one definition of a read-only option. */
export function readOnlyProblem(node: OptionNode, definitions: readonly Definition[]): MergeProblem {
  return {
    code: "read-only",
    message: `Cannot define "${renderPath(node.path)}" again: it is read-only and has a definition already`,
    marks: definitionMarks(definitions.toReversed(), node.path),
    why: ["A read-only option takes one definition, its default included, whatever the priorities"],
    fix: "Remove the definition",
  };
}

/** Reports what an `apply`, a type's test or a lazy value threw. */
export function thrownInMerge(node: OptionNode): Diagnostic {
  const { thrown } = node;
  if (isDiagnosticError(thrown) && thrown.diagnostics[0] !== undefined) return thrown.diagnostics[0];
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: "apply-failed",
    severity: "error",
    message: `Cannot compute the value of "${renderPath(node.path)}": ${reason}`,
    optionPath: node.path,
    marks: [
      ...(thrown instanceof Error ? [{ role: "thrown here", place: { capture: thrown } }] : []),
      ...definitionMarks(node.definitions(), node.path),
      ...declarationMarks(node),
    ],
    fix: "Mend the function, or define a value that it can work with",
    cause: thrown,
  };
}
