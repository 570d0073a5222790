import { mkDefault, mkForce } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const mixed = types.enum(["a", 1, true, null]);

test.each<TypeFacts>([
  {
    type: types.bool,
    description: "boolean",
    accepts: [true, false],
    refuses: [0, 1, "true", null, undefined],
    schema: { type: "boolean" },
  },
  {
    type: types.boolByOr,
    description: "boolean (merged using or)",
    accepts: [true, false],
    refuses: [1, "true"],
    schema: { type: "boolean" },
  },
  {
    type: types.enum(["debug", "info"]),
    description: 'one of "debug", "info"',
    accepts: ["debug", "info"],
    refuses: ["Info", "", 0, null, ["info"]],
    schema: { enum: ["debug", "info"] },
  },
  {
    type: types.enum(["only"]),
    description: 'value "only" (singular enum)',
    accepts: ["only"],
    refuses: ["other"],
    schema: { enum: ["only"] },
  },
  {
    type: mixed,
    description: 'one of "a", 1, true, null',
    accepts: ["a", 1, true, null],
    refuses: ["1", false, undefined, 0],
    schema: { enum: ["a", 1, true, null] },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

const conflict = { problems: ["conflicting-definitions it"] };
const mismatch = { problems: ["type-mismatch it"] };

test.each([
  ["equal booleans", types.bool, [true, true], { value: true }],
  ["different booleans", types.bool, [true, false], conflict],
  ["boolByOr of one that is true", types.boolByOr, [false, true], { value: true }],
  ["boolByOr of none", types.boolByOr, [false, false], { value: false }],
  ["boolByOr of the strongest", types.boolByOr, [true, mkForce(false)], { value: false }],
  ["boolByOr of no boolean", types.boolByOr, [true, 1], mismatch],
  ["equal choices", mixed, [null, null], { value: null }],
  ["different choices", mixed, ["a", 1], conflict],
  ["the stronger choice", mixed, [mkDefault("a"), 1], { value: 1 }],
  ["no choice", mixed, ["b"], mismatch],
])("scalars merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test.each([
  ["bool with itself", types.bool, types.bool, "boolean"],
  ["bool with boolByOr", types.bool, types.boolByOr, undefined],
  ["enum with enum", types.enum(["a", "b"]), types.enum(["b", "c"]), 'one of "a", "b", "c"'],
  ["enum with str", types.enum(["a"]), types.str, undefined],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});
