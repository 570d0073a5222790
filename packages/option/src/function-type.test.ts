import { mkForce, mkIf } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const toLines = types.functionTo(types.lines);

test.each<TypeFacts>([
  {
    type: toLines,
    description: "function that evaluates to strings concatenated with a newline",
    accepts: [() => "a", Math.max],
    refuses: ["a", null, { call: () => "a" }],
    schema: {},
    unsaid: ["a", null],
  },
  {
    type: types.functionTo(types.listOf(types.str)),
    description: "function that evaluates to (list of string)",
    accepts: [() => []],
    refuses: [[]],
    schema: {},
    unsaid: [[]],
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

/** Merges definitions and calls the function that this gives. */
function call(type: typeof toLines | typeof types.anything, argument: unknown, ...values: readonly unknown[]): unknown {
  const merged: unknown = Reflect.get(mergeAll(type, ...values), "value");
  return (merged as (argument: unknown) => unknown)(argument); // Each caller defines functions.
}

test.each([
  ["one", [(name: string) => `a ${name}`], "a x"],
  ["all", [(name: string) => `a ${name}`, () => "b"], "a x\nb"],
  ["the strongest", [() => "a", mkForce(() => "b")], "b"],
  ["the strongest result", [() => "a", () => mkForce("b")], "b"],
  ["results whose condition holds", [() => mkIf(false, "a"), () => "b"], "b"],
])("a call gives the result of %s", (_, values, result) => expect(call(toLines, "x", ...values)).toBe(result));

test.each([
  [types.listOf(types.int), []],
  [types.nullOr(types.int), null],
])("a call gives the empty value where the result has one: %#", (type, empty) => {
  expect(call(types.functionTo(type as never), "x", () => mkIf(false, empty))).toEqual(empty);
});

test.each([
  ["a result of the wrong type", () => 1, "type-mismatch"],
  ["no result", () => mkIf(false, "a"), "no-value"],
])("a call throws for %s, every time", (_, define, code) => {
  const merged: unknown = Reflect.get(mergeAll(toLines, define), "value");
  const again = () => (merged as () => unknown)();
  expect(again).toThrow(`(${code})`);
  expect(again).toThrow(`(${code})`);
});

test("a definition that is no function is refused at once", () => {
  expect(mergeAll(toLines, () => "a", "b")).toEqual({ problems: ["type-mismatch it"] });
});

test.each([
  [
    "of what combines",
    types.functionTo(types.str),
    types.functionTo(types.nonEmptyStr),
    "function that evaluates to non-empty string",
  ],
  ["of what does not", toLines, types.functionTo(types.str), undefined],
])("two declarations combine: functions %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});
