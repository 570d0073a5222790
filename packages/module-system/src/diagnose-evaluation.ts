import { type Diagnostic, renderPath } from "@firn/diagnostic";
import { loopProblem, type Loop } from "./cycle.ts";
import { diagnoseScope } from "./evaluation-problems.ts";
import type { Evaluating } from "./graph.ts";
import { diagnoseWaiting } from "./waiting.ts";

/** Gathers all problems, errors first; who still waits is known only if everything stands still. */
export function diagnoseEvaluation({ scopes }: Evaluating, loop: Loop | undefined): Diagnostic[] {
  // Each list of modules is declared once: the first place where it stands is shown.
  const placeOfShape = new Map([...scopes].toReversed().map(({ shape, path }) => [shape, path]));
  const found = [
    ...(loop === undefined ? [] : [loopProblem(loop)]),
    ...[...placeOfShape].flatMap(([{ diagnostics }, path]) => diagnostics.map((each) => standingAt(path, each))),
    ...[...scopes].flatMap(diagnoseScope),
  ];
  const waiting = loop === undefined ? diagnoseWaiting(scopes) : [];
  return errorsFirst(onceEndless([...found, ...waiting]));
}

/** Says of a problem with declarations in which submodule they stand. */
function standingAt(path: readonly string[], problem: Diagnostic): Diagnostic {
  if (path.length === 0) return problem;
  const why = [...(problem.why ?? []), `It stands in the submodule at "${renderPath(path)}"`];
  return { ...problem, why, ...(problem.optionPath && { optionPath: [...path, ...problem.optionPath] }) };
}

/** Keeps one of the problems that a submodule without end has at each of its ends. */
function onceEndless(problems: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return problems.filter(({ code, message }) => {
    if (code !== "endless-nesting") return true;
    const isNew = !seen.has(message);
    seen.add(message);
    return isNew;
  });
}

function errorsFirst(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [
    ...diagnostics.filter(({ severity }) => severity === "error"),
    ...diagnostics.filter(({ severity }) => severity === "warning"),
  ];
}
