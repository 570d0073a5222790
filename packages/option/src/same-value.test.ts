import { lazy, mkDefault, mkForce, mkIf, mkMerge } from "@firn/definition";
import { sameValue } from "@firn/option";
import { describe, expect, test } from "vitest";

const compute = () => 1;

describe("sameValue", () => {
  // Two values, and whether they are equal.
  test.each([
    [{ a: [1, { b: "x" }] }, { a: [1, { b: "x" }] }, true],
    [{ a: 1 }, { a: 2 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, false],
    [[1, 2], [1], false],
    [Number.NaN, Number.NaN, true],
    [new Map(), new Map(), false],
    [mkDefault("x"), mkDefault("x"), true],
    [mkDefault("x"), mkForce("x"), false],
    [mkDefault("x"), mkDefault("y"), false],
    [mkDefault("x"), "x", false],
    [{ a: mkIf(true, mkMerge([{ b: 1 }])) }, { a: mkIf(true, mkMerge([{ b: 1 }])) }, true],
    [mkIf(true, "x"), mkIf(false, "x"), false],
    [lazy(compute), lazy(compute), true],
    [lazy(() => 1), lazy(() => 1), false],
  ])("of %o and %o", (a, b, expected) => {
    expect(sameValue(a, b)).toBe(expected);
  });
});
