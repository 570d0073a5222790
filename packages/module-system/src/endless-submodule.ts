import { DiagnosticError, renderPath } from "@firn/diagnostic";
import type { Scope } from "./graph.ts";

/** Submodules within submodules, deeper than any configuration that has an end. */
const deepest = 100;
/** Submodules in one evaluation from which on shallower repetitions count: each level may hold several. */
const many = 10_000;
const deepestOfMany = 10;

/**
 * Stops at a submodule that contains itself and defines an instance of itself,
 * and so would never end.
 *
 * @throws DiagnosticError with code endless-nesting
 */
export function assertEnds(scope: Scope): void {
  const limit = scope.evaluating.scopes.size > many ? deepestOfMany : deepest;
  const around: Scope[] = [];
  for (let each: Scope | undefined = scope; each !== undefined; each = each.owner?.scope) around.unshift(each);
  if (around.length <= limit) return;
  const [, ...submodules] = around;
  const repeated = submodules.find(({ shape }) => around.filter((each) => each.shape === shape).length > limit / 2);
  if (repeated !== undefined || around.length > deepest) throw endless((repeated ?? scope).owner?.path ?? []);
}

function endless(path: readonly string[]): DiagnosticError {
  return new DiagnosticError([
    {
      code: "endless-nesting",
      severity: "error",
      message: `Cannot evaluate the submodules of "${renderPath(path)}": they contain themselves without end`,
      optionPath: path,
      marks: [],
      why: ["Its modules define another one inside each one"],
      fix: "Define the inner one under a condition that ends, or from outside of the submodule",
    },
  ]);
}
