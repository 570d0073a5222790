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

/** Makes the error for a path of the machine at which a host puts nothing, with the nearest of those at which it does. */
export function unknownFile(
  known: readonly string[],
  { host, path }: { readonly host: string; readonly path: string },
): DiagnosticError {
  const near = nearestNames(path, known);
  return new DiagnosticError([
    {
      code: "unknown-option",
      severity: "error",
      message: `Cannot find "${path}" in the configuration of "${host}": it puts nothing there`,
      marks: [],
      fix: near.length > 0 ? `Did you mean ${near.join(", ")}?` : `firn plan ${host} --all lists what it puts where`,
    },
  ]);
}
