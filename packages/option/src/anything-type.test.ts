import { mkForce, mkIf } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const { anything } = types;
const date = new Date(0);

test.each<TypeFacts>([
  { type: anything, description: "anything", accepts: [1, "a", null, [], {}, date, () => 1], refuses: [], schema: {} },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

test.each([
  ["sets by name, at any depth", [{ a: { b: 1 } }, { a: { c: 2 } }], { value: { a: { b: 1, c: 2 } } }],
  [
    "equal values",
    [
      [1, { a: 2 }],
      [1, { a: 2 }],
    ],
    { value: [1, { a: 2 }] },
  ],
  ["different lists", [[1], [2]], { problems: ["conflicting-definitions it"] }],
  ["different values in a set", [{ a: 1 }, { a: 2 }], { problems: ["conflicting-definitions it.a"] }],
  ["a set and a list", [{}, []], { problems: ["conflicting-definitions it"] }],
  ["the strongest, at any depth", [{ a: { b: 1 } }, { a: { b: mkForce(2) } }], { value: { a: { b: 2 } } }],
  ["names whose condition holds", [{ a: mkIf(false, 1) }, { b: 2 }], { value: { b: 2 } }],
  ["the same instance of a class", [date, date], { value: date }],
  ["two instances of a class", [date, new Date(0)], { problems: ["conflicting-definitions it"] }],
])("anything merges: %s", (_, values, merged) => expect(mergeAll(anything, ...values)).toEqual(merged));

test("functions merge by their results", () => {
  const merged: unknown = Reflect.get(
    mergeAll(
      anything,
      (a: number) => ({ a }),
      () => ({ b: 2 }),
    ),
    "value",
  );
  expect((merged as (a: number) => unknown)(1)).toEqual({ a: 1, b: 2 });
});

test("two declarations combine", () => expect(combineTypes(anything, anything)).toBe(anything));
