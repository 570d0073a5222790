import type { Diagnostic } from "./diagnostic.ts";
import { hasMark } from "./has-mark.ts";

/** Carries diagnostics through code that throws; carries their messages for whoever prints it plainly. */
export class DiagnosticError extends Error {
  /** Marks the class for other copies of this package, where `instanceof` fails. */
  readonly "~diagnostics": true = true;
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => `${diagnostic.message} (${diagnostic.code})`).join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}

/** Tells whether a thrown value carries diagnostics, also one from another copy of this package. */
export function isDiagnosticError(thrown: unknown): thrown is DiagnosticError {
  return hasMark(thrown, "~diagnostics");
}

/** Says that an invariant of Firn itself is broken; never the user's fault. */
export class InternalError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(`${message} (this is a mistake in Firn; please report it)`, options);
    this.name = "InternalError";
  }
}
