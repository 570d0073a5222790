import { type Diagnostic, isDiagnosticError, type Mark, renderPath } from "@firn/diagnostic";
import { type Definition, findWrapper, strongest } from "@firn/definition";
import { definitionMarks, type MergeProblem } from "@firn/option";
import type { OptionNode } from "./graph.ts";
import { moduleMark } from "./module-name.ts";

/** Letters of a type's description that are shown at most. */
const longest = 120;

/** Marks the declarations of an option. */
export function declarationMarks(node: OptionNode): Mark[] {
  const { description } = node.type;
  const type = description.length > longest ? `${description.slice(0, longest - 1)}…` : description;
  return node.shape.modules.map((module) =>
    moduleMark(module, `declared here, type "${type}"`, declaredAt(node.shape.path)),
  );
}

/** Where an option is declared in what `defineModule` takes: arguments and undeclared names stand apart. */
function declaredAt(path: readonly string[]): readonly string[] {
  const [first, second, ...argument] = path;
  if (first === undefined) return ["freeform"];
  return first === "_module" && second === "args" ? ["args", ...argument] : ["options", ...path];
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
  if (isDiagnosticError(thrown) && thrown.diagnostics[0] !== undefined) return placed(thrown.diagnostics[0], node);
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const thrower = thrown instanceof Error ? [{ role: "thrown here", place: { capture: thrown } }] : [];
  const definitions = definitionMarks(winnersOf(node), node.path);
  // Who throws an Error of his own means the value; the other kinds come from mistakes in the function.
  const isMeant = thrown instanceof Error && thrown.name === "Error" && definitions.length > 0;
  return {
    code: "apply-failed",
    severity: "error",
    message: `Cannot compute the value of "${renderPath(node.path)}": ${reason}`,
    optionPath: node.path,
    marks: [...(isMeant ? [...definitions, ...thrower] : [...thrower, ...definitions]), ...declarationMarks(node)],
    fix: isMeant
      ? "Define a value that the function can work with"
      : "Mend the function, or define a value that it can work with",
    cause: thrown,
  };
}

/** Gives a problem that says no place those of the option. */
function placed(problem: Diagnostic, node: OptionNode): Diagnostic {
  if (problem.marks.length > 0) return problem;
  const marks = [...definitionMarks(winnersOf(node), node.path), ...declarationMarks(node)];
  return { ...problem, optionPath: problem.optionPath ?? node.path, marks };
}

/** The definitions that count, as far as they can be unwrapped without running anything. */
function winnersOf(node: OptionNode): readonly Definition[] {
  const found = node.definitions();
  return found.some(({ value }) => findWrapper(value) !== undefined) ? found : strongest(found);
}
