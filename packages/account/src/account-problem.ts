import type { Diagnostic, DiagnosticCode } from "@firn/diagnostic";

/** What there is to say about a problem with an account. */
export interface AccountProblem {
  readonly code?: DiagnosticCode;
  /** Path of the option to blame. */
  readonly optionPath?: readonly string[];
  readonly message: string;
  readonly why?: readonly string[];
  readonly fix: string;
}

/** Describes why accounts cannot be as declared: an error, "bad-account" unless told otherwise. */
export function accountError({ code = "bad-account", ...problem }: AccountProblem): Diagnostic {
  return { code, severity: "error", marks: [], ...problem };
}

/** Describes what an administrator should know before it happens. */
export function accountWarning({ code = "bad-account", ...problem }: AccountProblem): Diagnostic {
  return { code, severity: "warning", marks: [], ...problem };
}

/** Tells whether something must be mended before anything is written. */
export function hasErrors(problems: readonly Diagnostic[]): boolean {
  return problems.some(({ severity }) => severity === "error");
}
