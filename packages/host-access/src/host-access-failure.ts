import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";

/** What went wrong, in the parts of a diagnostic. */
type Failure = Pick<Diagnostic, "message" | "why" | "fix" | "cause">;

/** Makes the error for a machine that does not answer what a plan cannot do without; its code is "host-access-failed". */
export function hostAccessFailure(failure: Failure): DiagnosticError {
  return new DiagnosticError([{ code: "host-access-failed", severity: "error", marks: [], ...failure }]);
}

/** Says what the system answered, such as "ENOENT", for a thrown value. */
export function failureCodeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown)) return undefined;
  return typeof thrown.code === "string" ? thrown.code : undefined;
}
