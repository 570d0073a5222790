import { DiagnosticError } from "@firn/diagnostic";

/** Why a package cannot be built, and what to do. */
export interface BuildFailureReasons {
  readonly why?: readonly string[];
  readonly fix: string;
  readonly cause?: unknown;
}

/** Makes an error of a reason why a package cannot be built. */
export function buildFailure(message: string, reasons: BuildFailureReasons): DiagnosticError {
  return new DiagnosticError([{ code: "build-failed", severity: "error", marks: [], message, ...reasons }]);
}

const fixes: { readonly [code: string]: string } = {
  ENOSPC: "Make room, for example with firn gc",
  EDQUOT: "Make room, for example with firn gc",
  EROFS: "Choose a folder that can be written",
  EACCES: "Run it as the user who owns that folder",
  EPERM: "Run it as the user who owns that folder",
  ENOTDIR: "Move away what is there instead of a folder",
  EEXIST: "Move away what is there instead of a folder",
};

/** Makes what node:fs threw while a package was built an error that says what to do; anything else stays what it is. */
export function explainBuildFailure(folder: string, thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { code = "", message } = thrown as NodeJS.ErrnoException; // What node:fs throws has a code.
  const fix = fixes[code];
  if (fix === undefined) return thrown;
  return buildFailure(`Cannot build packages in "${folder}"`, { why: [message], fix, cause: thrown });
}
