import { mkForce, mkIf } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll, problemOf } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const isEven = (value: number) => value % 2 === 0;
const even = types.addCheck(types.int, isEven, { description: "even integer", schema: { multipleOf: 2 } });
const small = types.addCheck(types.int, (value) => value < 100, "small integer");
const pair = types.addCheck(types.listOf(types.int), (list) => list.length === 2, "pair");

test.each<TypeFacts>([
  {
    type: even,
    description: "even integer",
    accepts: [0, -2],
    refuses: [1, "2", 0.5],
    schema: { type: "integer", multipleOf: 2 },
  },
  {
    type: types.addCheck(even, (value) => value > 0, "positive even integer"),
    description: "positive even integer",
    accepts: [2],
    refuses: [0, 1, -2],
    schema: { type: "integer", multipleOf: 2 },
    unsaid: [0, -2],
  },
  {
    type: pair,
    description: "pair",
    accepts: [[1, 2]],
    refuses: [1],
    schema: { type: "array", items: { type: "integer" } },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

const mismatch = { problems: ["type-mismatch it"] };

test.each([
  ["a value that passes", even, [2, 2], { value: 2 }],
  ["one that does not", even, [1], mismatch],
  ["one that does not and is beaten", even, [1, mkForce(2)], { value: 2 }],
  ["a whole that passes", pair, [[1], [2]], { value: [1, 2] }],
  ["a whole that does not", pair, [[1, 2], [3]], mismatch],
  ["a whole that passes once conditions are known", pair, [[1, 2, mkIf(false, 3)]], { value: [1, 2] }],
  ["an empty value that does not pass", pair, [], {}],
  [
    "an empty value that passes",
    types.addCheck(types.listOf(types.int), (list) => list.length < 2, "few"),
    [],
    { value: [] },
  ],
])("narrowed types merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test("a whole that does not pass blames all that are part of it", () => {
  expect(problemOf(pair, [1], [2], [3])).toMatchObject({
    message: expect.stringContaining("together the definitions are not"),
    marks: [{ role: "defined here as [1]" }, { role: "defined here as [2]" }, { role: "defined here as [3]" }],
  });
});

test.each([
  ["two tests", even, small, "even integer and small integer"],
  ["a test and none", even, types.int, "even integer"],
  ["none and a test", types.int, even, "even integer"],
  ["the same test", even, types.addCheck(types.int, isEven, "even integer"), "even integer"],
  ["tests of what does not combine", even, types.nonEmptyStr, undefined],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});

test("both tests of two declarations count", () => {
  const both = combineTypes(even, small);
  expect([1, 2, 99, 100].filter((value) => both?.accepts(value))).toEqual([2]);
});
