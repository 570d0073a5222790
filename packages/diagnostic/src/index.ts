export { DiagnosticError, InternalError, isDiagnosticError } from "./diagnostic-error.ts";
export type { Diagnostic, Mark, Severity } from "./diagnostic.ts";
export { diagnosticCodes, type DiagnosticCode } from "./diagnostic-code.ts";
export { capturePlace, type Located, type Place, type Position, type Sources } from "./place.ts";
export { renderDiagnostic, type RenderOptions } from "./render-diagnostic.ts";
export { renderPath, renderPathPart } from "./render-path.ts";
export { renderValue } from "./render-value.ts";
export { nearestNames, similarNames } from "./nearest-names.ts";
