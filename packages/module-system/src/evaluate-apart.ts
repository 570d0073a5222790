import type { Diagnostic } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import { diagnoseEvaluation } from "./diagnose-evaluation.ts";
import { Engine } from "./engine.ts";
import { giveTo, modulesWith } from "./instantiate.ts";
import { makeScope } from "./scope.ts";
import type { SubmodulePayload } from "./submodule-payload.ts";

/** A submodule that belongs to one call of a function, and the definitions of that call. */
export interface ApartInstance {
  readonly path: readonly string[];
  readonly payload: SubmodulePayload;
  readonly definitions: readonly Definition[];
}

/**
 * Evaluates a submodule by itself, in rounds of its own: the results of
 * functions are made at each call, perhaps after the evaluation around them.
 */
export function evaluateApart({ path, payload, definitions }: ApartInstance): {
  readonly view: object;
  readonly diagnostics: readonly Diagnostic[];
} {
  const engine = new Engine(evaluateApart);
  const shape = engine.shapes.find(modulesWith(payload, definitions), payload.class);
  const name = path.at(-1) ?? "";
  const scope = makeScope({ evaluating: engine, shape, path, owner: undefined, name, class: payload.class });
  giveTo(scope, payload, { definitions, trigger: undefined });
  const loop = engine.settle();
  return { view: scope.root.view, diagnostics: diagnoseEvaluation(engine, loop) };
}
