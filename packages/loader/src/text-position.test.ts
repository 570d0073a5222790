import { describe, expect, test } from "vitest";
import { lineOf, offsetAt, positionAt } from "./text-position.ts";

const text = "é1\r\n34\n\n7";

describe("positionAt and offsetAt", () => {
  test.each([
    [0, 1, 1],
    [1, 1, 2],
    [4, 2, 1],
    [7, 3, 1],
    [8, 4, 1],
    [9, 4, 2],
  ])("agree that offset %i is line %i, column %i", (offset, line, column) => {
    expect(positionAt(text, offset)).toEqual({ line, column });
    expect(offsetAt(text, { line, column })).toBe(offset);
  });

  test("stay within the text", () => {
    expect(offsetAt(text, { line: 9, column: 1 })).toBe(text.length);
  });
});

test("lineOf gives a line without its end", () => {
  expect([1, 2, 3, 4, 5].map((line) => lineOf(text, line))).toEqual(["é1", "34", "", "7", undefined]);
});
