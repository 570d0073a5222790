import { baseTypes as types, combineTypes } from "@firn/option";
import { mkForce } from "@firn/definition";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const range = (low: number, high: number) => ({ type: "integer", minimum: low, maximum: high });
const bits = (size: number, low: number, high: number, kind = low < 0 ? "signed" : "unsigned") => ({
  description: `${size} bit ${kind} integer; between ${low} and ${high} (both inclusive)`,
  accepts: [low, 0, high],
  refuses: [low - 1, high + 1, 0.5, "0"],
  schema: range(low, high),
});

test.each<TypeFacts>([
  {
    type: types.int,
    description: "signed integer",
    accepts: [0, -1, 1.0, -0],
    refuses: [1.5, "1", 1n, Number.NaN, Number.POSITIVE_INFINITY, true, null, [1]],
    schema: { type: "integer" },
  },
  {
    type: types.float,
    description: "floating point number",
    accepts: [0, 1.5, -1e300],
    refuses: ["1.5", Number.NaN, Number.NEGATIVE_INFINITY, 1n, null],
    schema: { type: "number" },
  },
  {
    type: types.number,
    description: "floating point number",
    accepts: [1, 1.5],
    refuses: ["1"],
    schema: { type: "number" },
  },
  {
    type: types.port,
    description: "port number, an integer between 0 and 65535 (both inclusive)",
    accepts: [0, 80, 65_535],
    refuses: [-1, 65_536, 80.5, "80"],
    schema: range(0, 65_535),
  },
  {
    type: types.ints.unsigned,
    description: "unsigned integer, meaning >=0",
    accepts: [0, 2 ** 40],
    refuses: [-1, 0.5],
    schema: { type: "integer", minimum: 0 },
  },
  {
    type: types.ints.positive,
    description: "positive integer, meaning >0",
    accepts: [1],
    refuses: [0, -1],
    schema: { type: "integer", minimum: 1 },
  },
  {
    type: types.ints.between(-2, 3),
    description: "integer between -2 and 3 (both inclusive)",
    accepts: [-2, 3],
    refuses: [-3, 4, 2.5],
    schema: range(-2, 3),
  },
  { type: types.ints.u8, ...bits(8, 0, 255) },
  { type: types.ints.u16, ...bits(16, 0, 65_535) },
  { type: types.ints.u32, ...bits(32, 0, 4_294_967_295) },
  { type: types.ints.s8, ...bits(8, -128, 127) },
  { type: types.ints.s16, ...bits(16, -32_768, 32_767) },
  { type: types.ints.s32, ...bits(32, -2_147_483_648, 2_147_483_647) },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

test.each([
  ["equal numbers", types.int, [80, 80], { value: 80 }],
  ["different numbers", types.int, [80, 81], { problems: ["conflicting-definitions it"] }],
  ["the strongest alone", types.port, [80, mkForce(8080)], { value: 8080 }],
  ["no number", types.port, [80, "80"], { problems: ["type-mismatch it"] }],
  ["a number that is too large", types.port, [65_536], { problems: ["type-mismatch it"] }],
  ["one that is too large and beaten", types.port, [mkForce(80), 65_536], { value: 80 }],
])("numbers merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test.each([
  ["int with itself", types.int, types.int, "signed integer"],
  ["int with float", types.int, types.float, undefined],
  ["port with itself", types.port, types.port, types.port.description],
  ["port with int", types.port, types.int, types.port.description],
  ["int with port", types.int, types.port, types.port.description],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});

test("limits of two declarations both hold", () => {
  const both = combineTypes(types.ints.between(0, 10), types.ints.between(5, 20));
  expect([4, 5, 10, 11].filter((value) => both?.accepts(value))).toEqual([5, 10]);
});
