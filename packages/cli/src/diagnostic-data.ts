import type { Diagnostic, RenderOptions } from "@firn/diagnostic";

/** A diagnostic as `--json` prints it: positions resolved, lines and columns from 1. */
export interface DiagnosticData {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly optionPath?: readonly string[];
  readonly marks: readonly {
    readonly role: string;
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
  }[];
  readonly why: readonly string[];
  readonly fix?: string;
}

/** Turns a diagnostic into plain data. */
export function diagnosticData(diagnostic: Diagnostic, { sources, showFile }: RenderOptions): DiagnosticData {
  const { code, severity, message, optionPath, why = [], fix } = diagnostic;
  const marks = diagnostic.marks.map(({ role, place }) => {
    const found = sources?.locate(place);
    return found === undefined
      ? { role }
      : { role, file: showFile?.(found.file) ?? found.file, line: found.line, column: found.column };
  });
  return { code, severity, message, ...(optionPath && { optionPath }), marks, why, ...(fix !== undefined && { fix }) };
}
