import { mkDefault, mkForce } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll, problemOf } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const strings = types.listOf(types.str);
const maybe = types.nullOr(types.int);
const intOrStrings = types.either(types.int, strings);
const parse = (text: string) => {
  if (text === "") throw new Error("there is no number in it");
  return Number(text);
};
const coerced = types.coercedTo(types.str, parse, types.int);

test.each<TypeFacts>([
  {
    type: maybe,
    description: "null or signed integer",
    accepts: [null, 1],
    refuses: [undefined, "a", 0.5],
    schema: { anyOf: [{ type: "null" }, { type: "integer" }] },
  },
  {
    type: types.nullOr(types.enum(["a", "b"])),
    description: 'null or (one of "a", "b")',
    accepts: [null, "a"],
    refuses: ["c"],
    schema: { anyOf: [{ type: "null" }, { enum: ["a", "b"] }] },
  },
  {
    type: intOrStrings,
    description: "signed integer or (list of string)",
    accepts: [1, [], ["a"]],
    refuses: ["a", null, 0.5],
    schema: { anyOf: [{ type: "integer" }, { type: "array", items: { type: "string" } }] },
  },
  {
    type: types.oneOf([types.bool, types.int, types.str]),
    description: "boolean or signed integer or string",
    accepts: [true, 1, "a"],
    refuses: [null, []],
    schema: { anyOf: [{ type: "boolean" }, { anyOf: [{ type: "integer" }, { type: "string" }] }] },
  },
  {
    type: types.oneOf([types.int]),
    description: "signed integer",
    accepts: [1],
    refuses: ["a"],
    schema: { type: "integer" },
  },
  {
    type: coerced,
    description: "signed integer or string convertible to it",
    accepts: [1, "1"],
    refuses: [null, 0.5],
    schema: { anyOf: [{ type: "integer" }, { type: "string" }] },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

const conflict = { problems: ["conflicting-definitions it"] };
const mismatch = { problems: ["type-mismatch it"] };

test.each([
  ["null where nothing is defined", maybe, [], { value: null }],
  ["nulls", maybe, [null, null], { value: null }],
  ["null and a value", maybe, [null, 1], conflict],
  ["null over a default", maybe, [mkDefault(1), null], { value: null }],
  ["a value over null", maybe, [mkForce(1), null], { value: 1 }],
  ["neither null nor a value", maybe, ["a"], mismatch],
  ["the first that takes all", intOrStrings, [["a"], ["b"]], { value: ["a", "b"] }],
  ["definitions of different types", intOrStrings, [1, ["a"]], conflict],
  ["different types, one stronger", intOrStrings, [1, mkForce(["a"])], { value: ["a"] }],
  ["none of the types", intOrStrings, ["a"], mismatch],
  ["a mistake within the one taken", intOrStrings, [["a", 1]], { problems: ["type-mismatch it.1"] }],
  ["nothing, where no alternative has an empty value", intOrStrings, [], {}],
  ["converted values", coerced, ["80"], { value: 80 }],
  ["converted ones and others", coerced, ["80", 80], { value: 80 }],
  ["converted ones that contradict", coerced, ["80", 81], conflict],
  ["the strongest, converted", coerced, [80, mkForce("81")], { value: 81 }],
  ["what cannot be converted", coerced, [""], { problems: ["coercion-failed it"] }],
  ["what cannot be converted and is beaten", coerced, ["", mkForce(1)], { value: 1 }],
  ["what converts to the wrong type", coerced, ["1.5"], mismatch],
  ["what is of neither type", coerced, [null], mismatch],
  ["a list, element by element", types.listOf(coerced), [["1", 2]], { value: [1, 2] }],
])("alternatives merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test("what the conversion said is passed on", () => {
  expect(problemOf(coerced, "")).toMatchObject({
    message: 'Cannot convert the definition of "it": there is no number in it',
    cause: expect.any(Error),
  });
});

test.each([
  ["nullOr of what combines", types.nullOr(types.str), types.nullOr(types.nonEmptyStr), "null or non-empty string"],
  ["nullOr of what does not", maybe, types.nullOr(types.str), undefined],
  ["nullOr with what it is of", maybe, types.int, undefined],
  [
    "alternatives in the same order",
    intOrStrings,
    types.either(types.port, strings),
    `${types.port.description} or (list of string)`,
  ],
  ["alternatives in another order", intOrStrings, types.either(strings, types.int), undefined],
  ["conversions with themselves", coerced, coerced, coerced.description],
  ["two conversions", coerced, types.coercedTo(types.str, parse, types.int), undefined],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});
