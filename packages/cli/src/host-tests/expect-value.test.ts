import { describe, expect, test } from "vitest";
import { expectValue } from "./expect-value.ts";

describe("expectValue", () => {
  test.each<readonly [title: string, () => void]>([
    ["toBe", () => expectValue("a").toBe("a")],
    ["toBe, not", () => expectValue("a").not.toBe("b")],
    ["toEqual", () => expectValue({ a: [1] }).toEqual({ a: [1] })],
    ["toEqual, not", () => expectValue({ a: [1] }).not.toEqual({ a: [2] })],
    ["toContain of a text", () => expectValue("abc").toContain("b")],
    ["toContain of a list", () => expectValue([1, 2]).toContain(2)],
    ["toContain, not", () => expectValue(["ab"]).not.toContain("a")],
    ["toMatch", () => expectValue("abc").toMatch(/b./)],
    ["toMatch, not", () => expectValue("abc").not.toMatch(/^b/)],
  ])("is content: %s", (_title, run) => {
    expect(run).not.toThrow();
  });

  test.each<readonly [title: string, () => void, message: string]>([
    ["toBe", () => expectValue("a").toBe("b"), "'b'"],
    ["toBe, not", () => expectValue("a").not.toBe("a"), 'It is "a"'],
    ["toEqual", () => expectValue({ a: [1] }).toEqual({ a: [2] }), "deep-equal"],
    ["toEqual, not", () => expectValue({ a: [1] }).not.toEqual({ a: [1] }), 'It equals {"a":[1]}'],
    ["toContain of a text", () => expectValue("abc").toContain("d"), '"abc"\nhas no "d"'],
    ["toContain of a list", () => expectValue([1, 2]).toContain(3), "[1,2]\nhas no 3"],
    ["toContain, not", () => expectValue("one\ntwo\n").not.toContain("two"), 'one\ntwo\nhas "two"'],
    ["toMatch", () => expectValue("abc").toMatch(/^b/), '"abc"\ndoes not match /^b/'],
    ["toMatch, not", () => expectValue("abc").not.toMatch(/b/), '"abc"\nmatches /b/'],
  ])("shows what it is not: %s", (_title, run, message) => {
    expect(run).toThrow(message);
  });
});
