import { mkDefault, mkForce } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll, problemOf } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const single = types.unique(types.listOf(types.int), "Ask the module that made it");
const instance = new Map([["a", 1]]);

test.each<TypeFacts>([
  { type: types.raw, description: "raw value", accepts: [instance, null, 1, () => 1], refuses: [], schema: {} },
  { type: types.rawOf<Date>(), description: "raw value", accepts: [new Date(0)], refuses: [], schema: {} },
  {
    type: single,
    description: "list of signed integer",
    accepts: [[1]],
    refuses: [1],
    schema: { type: "array", items: { type: "integer" } },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

const notUnique = { problems: ["not-unique it"] };

test.each([
  ["one raw value, as it is", types.raw, [instance], { value: instance }],
  ["equal raw values", types.raw, [1, 1], notUnique],
  ["one raw value over a default", types.raw, [mkDefault(1), 2], { value: 2 }],
  ["no raw value", types.raw, [], {}],
  ["one definition", single, [[1, 2]], { value: [1, 2] }],
  ["two definitions", single, [[1], [1]], notUnique],
  ["two, one of them stronger", single, [[1], mkForce([2])], { value: [2] }],
  ["one of the wrong type", single, [1], { problems: ["type-mismatch it"] }],
])("single definitions merge: %s", (_, type, values, merged) => {
  const found = mergeAll(type, ...values);
  expect(found).toEqual(merged);
  expect(Reflect.get(found, "value") === instance).toBe(values[0] === instance);
});

test("the message says what to do instead", () => {
  expect(problemOf(single, [1], [2])?.why).toEqual(["Ask the module that made it"]);
});

test.each([
  ["raw with raw", types.raw, types.rawOf<number>(), "raw value"],
  ["unique with unique", types.unique(types.str), types.unique(types.nonEmptyStr), "non-empty string"],
  ["unique with what it is of", types.unique(types.str), types.str, undefined],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});
