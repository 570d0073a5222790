import { mkForce, mkIf } from "@firn/definition";
import { baseTypes as types, combineTypes, type OptionType } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

type Tree = { readonly [name: string]: Tree };
const tree: OptionType<Tree> = types.recursive("tree", () => types.attrsOf(tree)) as never;

test.each<TypeFacts>([
  {
    type: types.json,
    description: "JSON value",
    accepts: [null, true, 1.5, "a", [1, [null]], { a: { b: [] } }],
    refuses: [undefined, Number.NaN, 1n, new Date(0), () => 1],
    schema: { description: "JSON value" },
  },
  {
    type: types.toml,
    description: "TOML value",
    accepts: [true, 1.5, "a", [1], { a: {} }],
    refuses: [null, undefined, 1n],
    schema: { description: "TOML value" },
    unsaid: [null],
  },
  {
    type: tree,
    description: "tree",
    accepts: [{}, { a: {} }],
    refuses: ["a"],
    schema: { description: "tree" },
    unsaid: ["a"],
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

const mismatch = (path: string) => ({ problems: [`type-mismatch ${path}`] });

test.each([
  [
    "sets by name, lists together",
    types.json,
    [{ a: { b: [1] } }, { a: { b: [2], c: null } }],
    { value: { a: { b: [1, 2], c: null } } },
  ],
  ["what is wrong, at any depth", types.json, [{ a: [{ b: Number.NaN }] }], mismatch("it.a.0.b")],
  ["null as TOML, at any depth", types.toml, [{ a: [null] }], mismatch("it.a.0")],
  [
    "wrappers, at any depth",
    types.toml,
    [{ a: { b: 1 } }, { a: { b: mkForce(2), c: mkIf(false, 3) } }],
    { value: { a: { b: 2 } } },
  ],
  ["nothing, as JSON", types.json, [], { value: null }],
  ["nothing, as TOML", types.toml, [], {}],
  ["nothing, as a set", tree, [], { value: {} }],
  ["what is wrong, by the name of the type", tree, [{ a: { b: 1 } }], mismatch("it.a.b")],
])("recursive types merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test.each([
  ["json with json", types.json, types.json, "JSON value"],
  ["json with toml", types.json, types.toml, undefined],
])("two declarations combine: %s", (_, a, b, description) => {
  expect(combineTypes(a, b)?.description).toBe(description);
});
