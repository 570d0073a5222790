import { DiagnosticError } from "@firn/diagnostic";

const fixes: { readonly [code: string]: string } = {
  ENOSPC: "Make room, for example with firn gc",
  EDQUOT: "Make room, for example with firn gc",
  EROFS: "Choose a folder that can be written",
  EACCES: "Run it as the user who owns that folder",
  EPERM: "Run it as the user who owns that folder",
  ENOTDIR: "Move away what is there instead of a folder",
};

/** Does work on the files of a store. @throws DiagnosticError "store-failed" */
export function explainFailure<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw explainStoreFailure(folder, thrown);
  }
}

/** Makes what node:fs threw for a file of a store an error that says what to do; anything else stays what it is. */
export function explainStoreFailure(folder: string, thrown: unknown): unknown {
  if (!(thrown instanceof Error)) return thrown;
  const { code = "", message } = thrown as NodeJS.ErrnoException; // What node:fs throws has a code.
  const fix = fixes[code];
  if (fix === undefined) return thrown;
  const problem = { code: "store-failed", severity: "error", marks: [], fix, cause: thrown } as const;
  return new DiagnosticError([{ ...problem, message: `Cannot write the store "${folder}"`, why: [message] }]);
}
