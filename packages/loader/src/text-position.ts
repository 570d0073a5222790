import { readFileSync } from "node:fs";
import type { Place } from "@firn/diagnostic";

/** Reads a source file, or returns undefined when it is gone or cannot be read. */
export function findText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Converts an offset in a text to line and column, both from 1. */
export function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}

/** Converts line and column, both from 1, to an offset in a text. */
export function offsetAt(text: string, { line, column }: { line: number; column: number }): number {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  return start + column - 1;
}

/** Says the text of one line, from 1. */
export function lineOf(text: string, line: number): string | undefined {
  return text.split("\n")[line - 1]?.replace(/\r$/, "");
}

/** Makes the place of an offset in a file. */
export function placeAt(file: string, text: string, offset: number): Place {
  return { position: { file, ...positionAt(text, offset) } };
}
