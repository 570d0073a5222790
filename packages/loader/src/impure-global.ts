import { capturePlace, type Diagnostic, DiagnosticError } from "@firn/diagnostic";

// Names that host code is given instead of the globals that reach beyond the
// flake. This keeps honest code pure, and tells it so; code that is out to
// escape still can, through constructors for example, so that whoever evaluates
// a stranger's flake must take the permissions from the process as well.

const absent = [
  "process",
  "global",
  "globalThis",
  "fetch",
  "performance",
  "crypto",
  "navigator",
  "WebSocket",
  "setTimeout",
  "setInterval",
  "setImmediate",
] as const;

/** The names that are replaced, in the order of {@link guardedGlobals}. */
export const guardedNames: readonly string[] = [...absent, "Date", "Math"];

/** Makes what stands for each of the names: any use of what is not pure throws a diagnostic that names it. */
export function guardedGlobals(): object[] {
  return [...absent.map(refuseAll), guardDate(), guardMath()];
}

function refuseAll(name: string): object {
  const refuse = (_target: object, member?: unknown): never => {
    throw impureAccess(typeof member === "string" ? `${name}.${member}` : name);
  };
  return new Proxy(callable, {
    get: refuse,
    has: refuse,
    set: refuse,
    ownKeys: refuse,
    apply: refuse,
    construct: refuse,
  });
}

/** Can be called and constructed, as its stand-in must seem to be. */
function callable(): void {
  // Nothing is ever done with it.
}

/** Dates may be computed with; only the present is not known. */
function guardDate(): object {
  return new Proxy(Date, {
    get(target, name) {
      if (name === "now") throw impureAccess("Date.now");
      return Reflect.get(target, name) as unknown;
    },
    apply() {
      throw impureAccess("Date()");
    },
    construct(target, parameters: unknown[], made) {
      if (parameters.length === 0) throw impureAccess("new Date()");
      return Reflect.construct(target, parameters, made) as object;
    },
  });
}

function guardMath(): object {
  return new Proxy(Math, {
    get(target, name) {
      if (name === "random") throw impureAccess("Math.random");
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** Frames kept: those of the guard come before that of the host code. */
const depth = 6;

function impureAccess(name: string): DiagnosticError {
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
