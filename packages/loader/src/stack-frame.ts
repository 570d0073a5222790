import { fileURLToPath } from "node:url";

/** One frame of a stack: where it is in the code that V8 ran. */
export interface StackFrame {
  /** Absolute path or the name that the script was given. */
  readonly file: string;
  /** Line, from 1. */
  readonly line: number;
  /** Column in UTF-16 units, from 1. */
  readonly column: number;
}

/**
 * Parses a formatted stack, innermost frame first; frames without a position are left out.
 *
 * @see https://v8.dev/docs/stack-trace-api#appendix%3A-stack-trace-format
 */
export function parseStack(stack: string): StackFrame[] {
  return stack.split("\n").flatMap((text) => {
    const match = /^\s+at (?:.*? \()?(.+?):(\d+):(\d+)\)?$/.exec(text);
    const [, file, line, column] = match ?? [];
    return file === undefined ? [] : [{ file: pathOf(file), line: Number(line), column: Number(column) }];
  });
}

function pathOf(file: string): string {
  const path = file.replace(/^async /, "");
  return path.startsWith("file:") ? fileURLToPath(path) : path;
}
