import { DiagnosticError } from "@firn/diagnostic";
import { codeOf } from "./unfinished-folder.ts";

/** Why a tree cannot be made, and what to do. */
export interface TreeFailureReasons {
  readonly why: readonly string[];
  readonly fix: string;
  readonly cause?: unknown;
}

/** Makes an error of a reason why a tree cannot be made. */
export function treeFailure(message: string, reasons: TreeFailureReasons): DiagnosticError {
  return new DiagnosticError([{ code: "tree-failed", severity: "error", marks: [], message, ...reasons }]);
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

/** Makes what node:fs threw below the folder of trees an error that says what to do; anything else stays what it is. */
export function explainTreeFailure(folder: string, thrown: unknown): unknown {
  const fix = fixes[codeOf(thrown) ?? ""];
  if (fix === undefined || !(thrown instanceof Error)) return thrown;
  return treeFailure(`Cannot write the trees in "${folder}"`, { why: [thrown.message], fix, cause: thrown });
}
