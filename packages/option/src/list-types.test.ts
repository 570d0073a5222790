import { lazy, mkAfter, mkBefore, mkDefault, mkForce, mkIf, mkMerge } from "@firn/definition";
import { baseTypes as types, combineTypes, NO_VALUE } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const strings = types.listOf(types.str);
const atLeastOne = types.nonEmptyListOf(types.int);

test.each<TypeFacts>([
  {
    type: strings,
    description: "list of string",
    accepts: [[], ["a", "b"]],
    refuses: ["a", {}, null, new Set(["a"]), { length: 0 }],
    schema: { type: "array", items: { type: "string" } },
  },
  {
    type: types.listOf(strings),
    description: "list of (list of string)",
    accepts: [[], [["a"]]],
    refuses: ["a"],
    schema: { type: "array", items: { type: "array", items: { type: "string" } } },
  },
  {
    type: atLeastOne,
    description: "non-empty (list of signed integer)",
    accepts: [[1], [1, 2]],
    refuses: [[], 1],
    schema: { type: "array", items: { type: "integer" }, minItems: 1 },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

const mismatch = (path: string) => ({ problems: [`type-mismatch ${path}`] });

test.each([
  ["nothing", strings, [], { value: [] }],
  ["in the order of the modules", strings, [["a"], ["b", "c"]], { value: ["a", "b", "c"] }],
  ["in the order asked for", strings, [mkAfter(["d"]), ["c"], mkBefore(["a", "b"])], { value: ["a", "b", "c", "d"] }],
  ["the strongest", strings, [["a"], mkForce(["b"]), mkForce(["c"])], { value: ["b", "c"] }],
  ["a plain one over a default", strings, [mkDefault(["a"]), []], { value: [] }],
  ["elements whose conditions hold", strings, [[mkIf(false, "a"), mkIf(true, "b")]], { value: ["b"] }],
  ["an element that is lazy", strings, [[lazy(() => "a")]], { value: ["a"] }],
  ["a merged element as one", types.listOf(types.lines), [[mkMerge(["a", "b"])]], { value: ["a\nb"] }],
  ["what is no list", strings, ["a"], mismatch("it")],
  ["a wrong element, by its place", strings, [["a"], ["b", 1]], mismatch("it.2")],
  ["each wrong element", strings, [[1, 2]], { problems: ["type-mismatch it.0", "type-mismatch it.1"] }],
  ["lists of lists", types.listOf(strings), [[["a"]], [["b"]]], { value: [["a"], ["b"]] }],
  ["at least one", atLeastOne, [[1], [2]], { value: [1, 2] }],
  ["nothing where there must be one", atLeastOne, [], {}],
  ["one empty list among others", atLeastOne, [[1], []], mismatch("it")],
  ["elements of which none is left", atLeastOne, [[mkIf(false, 1)]], mismatch("it")],
])("lists merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test("a merged list is frozen, and no definition of it is", () => {
  const given = ["a"];
  expect(Object.isFrozen(Reflect.get(mergeAll(strings, given), "value"))).toBe(true);
  expect(Object.isFrozen(given)).toBe(false);
});

test.each([
  ["lists of the same", strings, strings, "list of string"],
  ["lists of what combines", strings, types.listOf(types.nonEmptyStr), "list of non-empty string"],
  ["lists of what does not", strings, types.listOf(types.int), undefined],
  ["a list and one that is not empty", types.listOf(types.int), atLeastOne, atLeastOne.description],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
  expect(combineTypes(b, a)?.description).toBe(description);
});

test.each([
  [atLeastOne, types.listOf(types.int)],
  [types.listOf(types.int), atLeastOne],
])("a combined list stays non-empty, whichever declares it: %#", (a, b) => {
  const combined = combineTypes(a, b);
  expect(combined?.accepts([])).toBe(false);
  expect(combined?.empty ?? NO_VALUE).toBe(NO_VALUE);
});
