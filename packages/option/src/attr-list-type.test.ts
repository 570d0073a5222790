import { mkAfter, mkBefore, mkDefault, mkForce, mkIf } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const flags = types.attrListOf(types.int);

test.each<TypeFacts>([
  {
    type: flags,
    description: "ordered attribute list of signed integer",
    accepts: [[], [{ a: 1 }, { a: 2 }], {}, { a: 1, b: 2 }],
    refuses: ["a", 1, null, new Map()],
    schema: {
      anyOf: [
        {
          type: "array",
          items: {
            type: "object",
            additionalProperties: { type: "integer" },
            minProperties: 1,
            maxProperties: 1,
          },
        },
        { type: "object", additionalProperties: { type: "integer" } },
      ],
    },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

const mismatch = { problems: ["type-mismatch it"] };

test.each([
  ["nothing", [], { value: [] }],
  ["a list, names repeated", [[{ a: 1 }, { b: 2 }, { a: 3 }]], { value: [{ a: 1 }, { b: 2 }, { a: 3 }] }],
  ["an object", [{ b: 1, a: 2 }], { value: [{ b: 1 }, { a: 2 }] }],
  ["several", [[{ a: 1 }], { b: 2 }], { value: [{ a: 1 }, { b: 2 }] }],
  [
    "in the order of the whole",
    [mkAfter({ c: 3 }), [{ b: 2 }], mkBefore([{ a: 1 }])],
    { value: [{ a: 1 }, { b: 2 }, { c: 3 }] },
  ],
  ["in the order of each", [[{ b: mkAfter(2) }, { a: 1 }]], { value: [{ a: 1 }, { b: 2 }] }],
  ["the strongest of each name", [[{ a: mkDefault(1) }, { b: 2 }], [{ a: 3 }]], { value: [{ b: 2 }, { a: 3 }] }],
  ["the strongest list", [[{ a: 1 }], mkForce([{ b: 2 }])], { value: [{ b: 2 }] }],
  ["entries whose condition holds", [[{ a: mkIf(false, 1) }, { b: 2 }]], { value: [{ b: 2 }] }],
  ["what is neither list nor set", ["a"], mismatch],
  ["an element that is no set", [[1]], mismatch],
  ["an element with two names", [[{ a: 1, b: 2 }]], mismatch],
  ["an element without a name", [[{}]], mismatch],
  ["a wrong value", [[{ a: "1" }]], { problems: ["type-mismatch it.a"] }],
])("attribute lists merge: %s", (_, values, merged) => expect(mergeAll(flags, ...values)).toEqual(merged));

test("two declarations combine only when they are one", () => {
  expect(combineTypes(flags, flags)).toBe(flags);
  expect(combineTypes(flags, types.attrListOf(types.str))).toBeUndefined();
});
