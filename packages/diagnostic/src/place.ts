/** Where something stands in a source file. */
export interface Position {
  /** Path of the file, absolute or relative to the flake. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column in UTF-16 units, from 1. */
  readonly column: number;
}

/**
 * Says where something was written without having looked yet: evaluation keeps
 * thousands of places and renders almost none, so nothing is formatted, mapped
 * or read before a problem is shown.
 */
export interface Place {
  /** Object that holds a captured, still unformatted stack of the call. */
  readonly capture?: { readonly stack?: string };
  /** Property path to look for inside the object that the call was given. */
  readonly property?: readonly string[];
  /** The position itself, where it is known (YAML, compiler messages). */
  readonly position?: Position;
  /** Name shown when no position can be found, for example of a module. */
  readonly label?: string;
}

/** A position found for a place, with the line to show. */
export interface Located extends Position {
  /** Text of the line, where the file can be read. */
  readonly lineText?: string;
  /** False when the property was not found literally and an enclosing place stands for it. */
  readonly exact: boolean;
}

/** Finds positions for places; the only thing that rendering needs from outside. */
export interface Sources {
  /** Resolves a place to a position in the sources, or undefined when there is none. */
  locate(place: Place): Located | undefined;
}

/** What V8 adds to Error; named here, since those who check the types of a flake need not have those of Node.js. */
interface StackCapture {
  stackTraceLimit: number;
  captureStackTrace(target: object, below: unknown): void;
}

/**
 * Captures the place of the call of `below`: the one frame of the caller, left
 * unformatted because formatting costs more than the capture.
 *
 * @param below the function whose caller is meant
 * @param depth how many frames to keep, 1 by default
 * @see https://v8.dev/docs/stack-trace-api
 */
export function capturePlace(below: (...parameters: never[]) => unknown, depth = 1): { readonly stack?: string } {
  const holder = {};
  const v8 = Error as unknown as StackCapture; // V8's has these members.
  const limit = v8.stackTraceLimit;
  v8.stackTraceLimit = depth;
  v8.captureStackTrace(holder, below);
  v8.stackTraceLimit = limit;
  return holder;
}
