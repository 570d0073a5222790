import { DiagnosticError } from "@firn/diagnostic";

/** Makes the error for a host or a base that cannot be made or used; its code is "test-host-failed". */
export function testHostProblem(
  message: string,
  { why, fix }: { readonly why: readonly string[]; readonly fix?: string },
): DiagnosticError {
  return new DiagnosticError([
    { code: "test-host-failed", severity: "error", message, marks: [], why, ...(fix !== undefined && { fix }) },
  ]);
}
