import { DiagnosticError, nearestNames, renderPath } from "@firn/diagnostic";

/** Makes the error for a path at which a host has nothing, with the nearest of the options that it has. */
export function unknownPath(known: readonly string[], path: readonly string[], host: string): DiagnosticError {
  const near = nearestNames(renderPath(path), known);
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
