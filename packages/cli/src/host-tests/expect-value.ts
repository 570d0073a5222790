import type { Expect, Expectation } from "@firn/flake-test";
import { AssertionError, deepStrictEqual, strictEqual } from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";

/** Expects something of a value, and throws an error that shows both where it is not so. */
export const expectValue: Expect = (value) => ({ ...expectationOf(value), not: refusalOf(value) });

function expectationOf<Value>(value: Value): Omit<Expectation<Value>, "not"> {
  return {
    toBe: (expected) => strictEqual(value, expected),
    toEqual: (expected) => deepStrictEqual(value, expected),
    toContain: (part) => demand(contains(value, part), `${show(value)}\nhas no ${show(part)}`),
    toMatch: (pattern) => demand(pattern.test(String(value)), `${show(value)}\ndoes not match ${String(pattern)}`),
  };
}

function refusalOf<Value>(value: Value): Omit<Expectation<Value>, "not"> {
  return {
    toBe: (expected) => demand(!Object.is(value, expected), `It is ${show(value)}`),
    toEqual: (expected) => demand(!isDeepStrictEqual(value, expected), `It equals ${show(value)}`),
    toContain: (part) => demand(!contains(value, part), `${show(value)}\nhas ${show(part)}`),
    toMatch: (pattern) => demand(!pattern.test(String(value)), `${show(value)}\nmatches ${String(pattern)}`),
  };
}

function contains(value: unknown, part: unknown): boolean {
  return Array.isArray(value) ? value.includes(part) : String(value).includes(String(part));
}

function demand(isSo: boolean, message: string): void {
  if (!isSo) throw new AssertionError({ message });
}

/** Text of several lines is shown as such. */
function show(value: unknown): string {
  if (typeof value === "string" && value.includes("\n")) return value.trimEnd();
  return JSON.stringify(value) ?? String(value);
}
