import { capturePlace } from "@firn/diagnostic";
import { expect, test } from "vitest";

const declare = (depth?: number) => capturePlace(declare, depth);
const declareInside = (depth?: number) => declare(depth);

/** The functions that a capture names, the innermost first. */
function framesOf({ stack = "" }: { readonly stack?: string }): string[] {
  return stack.split("\n").flatMap((line) => /^ +at (?:(\S+) )?/.exec(line)?.[1] ?? []);
}

test("capturePlace keeps the caller of the function alone, or as many frames as asked", () => {
  expect(framesOf(declareInside())).toEqual(["declareInside"]);
  expect(declareInside(3).stack?.match(/^ +at /gm)).toHaveLength(3);
});

test("capturePlace leaves the limit of stack traces as it was", () => {
  const before = Error.stackTraceLimit;
  declare(12);
  expect(Error.stackTraceLimit).toBe(before);
});

test("capturePlace keeps a stack when traces are switched off", () => {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    expect(framesOf(declareInside())).toEqual(["declareInside"]);
  } finally {
    Error.stackTraceLimit = before;
  }
});
