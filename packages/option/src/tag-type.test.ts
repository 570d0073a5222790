import { mkDefault, mkForce } from "@firn/definition";
import { baseTypes as types, combineTypes, option } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll, problemOf } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const tag = (name: string, value: object) => ({
  type: "object",
  properties: { [name]: value },
  required: [name],
  additionalProperties: false,
});
const side = types.attrTag({ left: option({ type: types.int }), right: option({ type: types.lines }) });
const doubled = types.attrTag({ left: option({ type: types.int, apply: (value) => value * 2 }) });

test.each<TypeFacts>([
  {
    type: side,
    description: "attribute-tagged union with choices: left, right",
    accepts: [{ left: 1 }, { right: "a" }],
    refuses: [{}, { left: 1, right: "a" }, { up: 1 }, { toString: 1 }, "left", null],
    schema: { oneOf: [tag("left", { type: "integer" }), tag("right", { type: "string" })] },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

test.each([
  ["one tag", side, [{ left: 1 }], { value: { left: 1 } }],
  ["the same tag twice", side, [{ right: "a" }, { right: "b" }], { value: { right: "a\nb" } }],
  ["the strongest tag", side, [{ left: 1 }, mkForce({ right: "a" })], { value: { right: "a" } }],
  ["the strongest within a tag", side, [{ left: 1 }, { left: mkDefault(2) }], { value: { left: 1 } }],
  ["what apply makes of it", doubled, [{ left: 2 }], { value: { left: 4 } }],
  ["two tags", side, [{ left: 1 }, { right: "a" }], { problems: ["conflicting-definitions it"] }],
  ["a wrong value in a tag", side, [{ left: "a" }], { problems: ["type-mismatch it.left"] }],
  ["no tag", side, [{ up: 1 }], { problems: ["type-mismatch it"] }],
])("tags merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test("an unknown tag is answered with the known ones", () => {
  expect(problemOf(side, { up: 1 })).toMatchObject({
    why: ["Exactly one of these is to be set: left, right"],
    fix: "Write { left: … } or { right: … }",
  });
});

test("a tag that is no option is refused where it is declared", () => {
  expect(() => types.attrTag({ left: types.int as never })).toThrow("write left: option({ type: … })");
});

test.each([
  ["other tags", types.attrTag({ up: option({ type: types.int }) }), "left, right, up"],
  ["the same tag of a type that combines", types.attrTag({ left: option({ type: types.port }) }), "left, right"],
  ["the same tag of another type", types.attrTag({ left: option({ type: types.str }) }), undefined],
])("two declarations combine: %s", (_, other, choices) => {
  const description = choices && `attribute-tagged union with choices: ${choices}`;
  expect(combineTypes(side, other)?.description).toBe(description);
});
