import type { DiagnosticCode } from "./diagnostic-code.ts";
import type { Place } from "./place.ts";

/** An error stops the command; a warning is shown and the work goes on. */
export type Severity = "error" | "warning";

/** One place that took part in a problem, and the part it played. */
export interface Mark {
  /** What stands there, for example `defined here as "80", priority 100`. */
  readonly role: string;
  readonly place: Place;
}

/** A problem as data: what, where, why and fix. Wording is here, layout is in `renderDiagnostic`. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** What: one sentence that starts with "Cannot" for errors, without a full stop. */
  readonly message: string;
  /** The option concerned, as path parts. */
  readonly optionPath?: readonly string[];
  /** Where: the place to blame first, then every other that contributed. */
  readonly marks: readonly Mark[];
  /** Why: the facts that led here, a sentence a line. */
  readonly why?: readonly string[];
  /** Fix: a command or the line to write. */
  readonly fix?: string;
  /** The exception behind the problem, if there was one. */
  readonly cause?: unknown;
}
