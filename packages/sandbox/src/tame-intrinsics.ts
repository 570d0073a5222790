import { freezeReachable } from "./freeze-reachable.ts";
import { impureAccess } from "./refusal.ts";

/** The guarded forms that host code is given, by name. */
export interface TamedGlobals {
  readonly Date: object;
  readonly Error: object;
  readonly Function: object;
}

/**
 * Takes time, chance, the making of code and the making of stacks out of the
 * language itself, so that no detour over constructors leads to them. Called
 * once, before any host code runs.
 */
export function tameIntrinsics(): TamedGlobals {
  tameMath();
  tameFormats();
  tameSegmenter();
  tameRegExp();
  return { Date: tameDate(), Error: tameError(), Function: tameFunctions() };
}

/** Sets a property as methods are; that it stays is the concern of who freezes the object. */
function fix(target: object, name: PropertyKey, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: false, enumerable: false, configurable: true });
}

/** Makes a function that refuses to run. */
function refuser(name: string): () => never {
  const refuse = (): never => {
    throw impureAccess(name);
  };
  return refuse;
}

/** Dates may be computed with; only the present is not known. */
function tameDate(): object {
  const guarded = new Proxy(Date, {
    apply() {
      throw impureAccess("Date()");
    },
    construct(target, parameters: unknown[], made) {
      if (parameters.length === 0) throw impureAccess("new Date()");
      return Reflect.construct(target, parameters, made) as object; // Reflect.construct is typed as any.
    },
  });
  fix(Date, "now", refuser("Date.now"));
  fix(Date.prototype, "constructor", guarded);
  return guarded;
}

function tameMath(): void {
  fix(Math, "random", refuser("Math.random"));
}

/** Formatting without a date formats the present. */
function tameFormats(): void {
  const { prototype } = Intl.DateTimeFormat;
  const { formatToParts } = prototype;
  const format = Object.getOwnPropertyDescriptor(prototype, "format")?.get;
  const known = (date: Date | number | undefined): Date | number => {
    if (date === undefined) throw impureAccess("Intl.DateTimeFormat without a date");
    return date;
  };
  Object.defineProperty(prototype, "format", {
    get(this: Intl.DateTimeFormat) {
      const plain = format?.call(this) as (date: Date | number) => string; // As ECMA-402 says.
      return (date?: Date | number) => plain(known(date));
    },
    configurable: false,
  });
  fix(prototype, "formatToParts", function (this: Intl.DateTimeFormat, date?: Date | number) {
    return formatToParts.call(this, known(date));
  });
}

/** What a segmenter gives has prototypes that no name leads to; making one early would cost ten milliseconds. */
function tameSegmenter(): void {
  const { prototype } = Intl.Segmenter;
  const { segment } = prototype;
  fix(prototype, "segment", function (this: Intl.Segmenter, text: string) {
    const segments = segment.call(this, text);
    freezeReachable([segments, segments[Symbol.iterator]()].map((each): unknown => Object.getPrototypeOf(each)));
    return segments;
  });
}

const legacy = ["input", "lastMatch", "lastParen", "leftContext", "rightContext", "$_", "$&", "$+", "$`", "$'"];

/** Old properties of RegExp show one module what another has matched. */
function tameRegExp(): void {
  const numbered = ["$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9"];
  for (const name of [...legacy, ...numbered]) Reflect.deleteProperty(RegExp, name);
}

/** One frame of a stack, as V8 hands it to `Error.prepareStackTrace`. */
interface Frame {
  getFileName(): unknown;
  toString(): string;
}

const ours = "firn:";

/**
 * Makes the Error of host code: its stacks name nothing but the bundle and the
 * engine, and nobody can have them made otherwise. The engine itself keeps the
 * real one, whose limit of frames it sets.
 */
function tameError(): object {
  const { captureStackTrace, prototype } = Error;
  const { toString } = prototype;
  fix(Error, "prepareStackTrace", (error: Error, frames: readonly Frame[]): string => {
    const lines = [describe(error, toString)];
    for (let index = 0; index < frames.length; index++) {
      const frame = frames[index];
      const file = frame?.getFileName();
      if (frame !== undefined && typeof file === "string" && file.startsWith(ours)) lines.push(`    at ${frame}`);
    }
    return lines.join("\n");
  });
  const real = Error;
  const tamed = function (...parameters: unknown[]): object {
    return Reflect.construct(real, parameters, new.target ?? tamed) as object; // Reflect.construct is typed as any.
  };
  fix(tamed, "name", "Error");
  Object.defineProperty(tamed, "prototype", { value: prototype, writable: false });
  fix(tamed, "captureStackTrace", (target: object, below?: never) => captureStackTrace(target, below));
  // Setting it is common and harmless; it has no effect.
  Object.defineProperty(tamed, "stackTraceLimit", { get: () => 10, set: ignore, configurable: false });
  fix(prototype, "constructor", tamed);
  for (const kind of [TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError]) {
    Object.setPrototypeOf(kind, tamed);
  }
  return tamed;
}

function ignore(_value: unknown): void {
  // The limit that counts is that of the engine.
}

function describe(error: Error, toString: () => string): string {
  try {
    return toString.call(error);
  } catch {
    return "Error";
  }
}

/** Refuses to make functions of text, whatever kind of function leads to its constructor. */
function tameFunctions(): object {
  const kinds = [function () {}, async function () {}, function* () {}, async function* () {}];
  const [first] = kinds.map((kind) => {
    const prototype = Object.getPrototypeOf(kind) as object; // Every function has one.
    const { name } = prototype.constructor;
    const refuse = function (): never {
      throw impureAccess(name);
    };
    fix(refuse, "name", name);
    Object.defineProperty(refuse, "prototype", { value: prototype, writable: false });
    fix(prototype, "constructor", refuse);
    return refuse;
  });
  return first ?? kinds;
}
