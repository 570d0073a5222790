import { type Diagnostic, renderPath } from "@firn/diagnostic";
import { loopProblem } from "./cycle.ts";
import { Engine } from "./engine.ts";
import { Evaluation } from "./evaluation.ts";
import { diagnoseScope } from "./evaluation-problems.ts";
import { argumentDefinitions } from "./instantiate.ts";
import type { Module } from "./module.ts";
import type { ConfigOf, OptionsOfModules } from "./module-shape.ts";
import { listModules } from "./module-list.ts";
import { giveFromOutside, makeScope } from "./scope.ts";
import { diagnoseWaiting } from "./waiting.ts";

/** What `evaluate` takes. */
export interface EvaluateSettings<I extends readonly Module[] = readonly Module[]> {
  /** The modules of the configuration; what they import comes with them. */
  readonly modules: I;
  /** Values of the arguments that modules ask for; they win over any definition. */
  readonly args?: { readonly [name: string]: unknown };
  /** The class that modules must be of, if they are of any. */
  readonly class?: string;
  /** What modules get as `name`. @default "" */
  readonly name?: string;
}

/**
 * Evaluates modules to a configuration.
 *
 * Runs every config function until nothing changes; the result depends neither
 * on the order of imports nor on that of the runs. Never throws for what modules
 * do: problems are diagnostics, and all options without a problem keep their
 * values.
 *
 * @example
 * ```ts
 * const { config, diagnostics } = evaluate({ modules: [host] });
 * ```
 */
export function evaluate<const I extends readonly Module[]>(
  settings: EvaluateSettings<I>,
): Evaluation<ConfigOf<OptionsOfModules<I>>> {
  const engine = new Engine();
  const { modules, args = {}, class: kind, name = "" } = settings;
  const shape = engine.shapes.find(modules, kind);
  const scope = makeScope({ evaluating: engine, shape, path: [], owner: undefined, name, class: kind });
  giveFromOutside(scope, argumentDefinitions(args, shape, []), undefined);
  const loop = engine.settle();
  const diagnostics = [...(loop === undefined ? [] : [loopProblem(loop)]), ...diagnose(engine, loop === undefined)];
  const graph = listModules(modules, kind).graph;
  return new Evaluation({ scope, diagnostics: errorsFirst(diagnostics), graph, rounds: engine.round });
}

/** Gathers all problems; who still waits is known only if everything stands still. */
function diagnose(engine: Engine, settled: boolean): Diagnostic[] {
  // Each list of modules is declared once: the first place where it stands is shown.
  const placeOfShape = new Map([...engine.scopes].toReversed().map(({ shape, path }) => [shape, path]));
  return [
    ...[...placeOfShape].flatMap(([{ diagnostics }, path]) => diagnostics.map((each) => standingAt(path, each))),
    ...[...engine.scopes].flatMap(diagnoseScope),
    ...(settled ? diagnoseWaiting(engine.scopes) : []),
  ];
}

/** Says of a problem with declarations in which submodule they stand. */
function standingAt(path: readonly string[], problem: Diagnostic): Diagnostic {
  if (path.length === 0) return problem;
  const why = [...(problem.why ?? []), `It stands in the submodule at "${renderPath(path)}"`];
  return { ...problem, why, ...(problem.optionPath && { optionPath: [...path, ...problem.optionPath] }) };
}

function errorsFirst(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [
    ...diagnostics.filter(({ severity }) => severity === "error"),
    ...diagnostics.filter(({ severity }) => severity === "warning"),
  ];
}
