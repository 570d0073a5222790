import { DiagnosticError, nearestNames, renderPath } from "@firn/diagnostic";
import type { Evaluation } from "@firn/module-system";

/** Makes the error for a path at which a host has nothing, with the nearest options that it has. */
export function unknownPath(evaluation: Evaluation, path: readonly string[], host: string): DiagnosticError {
  const paths = evaluation.options().map((entry) => renderPath(entry.path));
  const near = nearestNames(renderPath(path), paths);
  return new DiagnosticError([
    {
      code: "unknown-option",
      severity: "error",
      message: `Cannot find "${renderPath(path)}" in the configuration of "${host}": there is no such option`,
      optionPath: path,
      marks: [],
      fix:
        near.length > 0
          ? `Did you mean ${near.join(", ")}? "firn option WORDS" searches all`
          : '"firn option WORDS" searches all options',
    },
  ]);
}
