import { diagnoseEvaluation } from "./diagnose-evaluation.ts";
import { Engine } from "./engine.ts";
import { evaluateApart } from "./evaluate-apart.ts";
import { Evaluation } from "./evaluation.ts";
import { argumentDefinitions } from "./instantiate.ts";
import type { Module } from "./module.ts";
import type { ConfigOf, OptionsOfModules } from "./module-shape.ts";
import { type GraphNode, listModules } from "./module-list.ts";
import { giveFromOutside, makeScope } from "./scope.ts";

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
  const engine = new Engine(evaluateApart);
  const { modules, args = {}, class: kind, name = "" } = settings;
  const shape = engine.shapes.find(modules, kind);
  const scope = makeScope({ evaluating: engine, shape, path: [], owner: undefined, name, class: kind });
  giveFromOutside(scope, argumentDefinitions(args, shape, []), undefined);
  const loop = engine.settle();
  const diagnostics = diagnoseEvaluation(engine, loop);
  const drawGraph = (): readonly GraphNode[] => listModules(modules, kind).graph;
  return new Evaluation({ scope, diagnostics, drawGraph, rounds: engine.round });
}
