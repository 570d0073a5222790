/** Every code there is; `docs/errors.md` explains each, and a test holds the two together. */
export const diagnosticCodes = [
  // Declarations and modules.
  "not-a-module",
  "bad-module",
  "module-class-mismatch",
  "cannot-disable-module",
  "not-an-option",
  "not-a-type",
  "option-below-option",
  "already-declared",
  // Definitions.
  "unknown-option",
  "option-in-config",
  "not-an-option-set",
  "undefined-value",
  "bad-condition",
  "type-mismatch",
  "conflicting-definitions",
  "not-unique",
  "read-only",
  "coercion-failed",
  "apply-failed",
  "removed-option",
  "renamed-option",
  // Evaluation.
  "no-value",
  "no-argument",
  "unknown-read",
  "cycle",
  "config-threw",
  "config-returned",
  "config-changed-value",
  "assertion-failed",
  "warning",
  // Flake, loading and command line.
  "no-flake",
  "bad-workspace",
  "unknown-host",
  "bad-host-package",
  "no-default-export",
  "syntax-error",
  "unresolved-import",
  "impure-import",
  "top-level-await",
  "host-threw",
  "unknown-command",
  "bad-usage",
  "internal",
] as const;

/** Names one kind of problem; stable, so that it can be searched for and documented. */
export type DiagnosticCode = (typeof diagnosticCodes)[number];
