import { capturePlace, type Diagnostic, DiagnosticError } from "@firn/diagnostic";

/** Frames kept: those of the guard come before that of the host code. */
const depth = 6;

/** Makes the error for a use of what host code may not depend on, at the line that uses it. */
export function impureAccess(name: string): DiagnosticError {
  const problem: Diagnostic = {
    code: "impure-access",
    severity: "error",
    message: `Cannot use "${name}": host code may not depend on the machine that evaluates it`,
    marks: [{ role: "used here", place: { capture: capturePlace(impureAccess, depth) } }],
    why: [
      "Evaluating a flake reads no environment, no clock and no random source, so that the same flake means the same machine",
    ],
    fix: "Write the value down as the value of an option, or ask for it as an argument of the module",
  };
  return new DiagnosticError([problem]);
}

/** Makes the error for a `require` of something that is only known when it runs. */
export function runTimeRequire(specifier: string, capture: { readonly stack?: string }): DiagnosticError {
  const problem: Diagnostic = {
    code: "impure-import",
    severity: "error",
    message: `Cannot require "${specifier}" while evaluating: what host code is made of must be known before it runs`,
    marks: [{ role: "required here", place: { capture } }],
    why: [
      "Evaluating a flake reads no file outside of it, opens no connection and starts no process, so that the same flake means the same machine",
    ],
    fix: 'Write an import statement at the top of the file: import name from "…"',
  };
  return new DiagnosticError([problem]);
}

/** Makes what stands for a name that host code may not use: any use of it throws a diagnostic that names it. */
export function refuseAll(name: string): object {
  const refuse = (_target: object, member?: unknown): never => {
    throw impureAccess(typeof member === "string" ? `${name}.${member}` : name);
  };
  return new Proxy(callable, {
    get: refuse,
    has: refuse,
    set: refuse,
    deleteProperty: refuse,
    defineProperty: refuse,
    getOwnPropertyDescriptor: refuse,
    getPrototypeOf: refuse,
    setPrototypeOf: refuse,
    isExtensible: refuse,
    preventExtensions: refuse,
    ownKeys: refuse,
    apply: refuse,
    construct: refuse,
  });
}

/** Can be called and constructed, as its stand-in must seem to be. */
function callable(): void {
  // Nothing is ever done with it.
}
