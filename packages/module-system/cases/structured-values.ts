import { types } from "@firn/module-system";
import type { OptionType } from "@firn/option";
import { defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const values = types.attrsOf(types.json);
const tree: OptionType<unknown> = types.recursive<unknown>("tree", () => types.attrsOf(types.either(types.int, tree)));

/** Values that JSON and TOML can say. */
export const structuredValueCases: readonly TestCase[] = [
  { title: "JSON takes null", check: 47, modules: defineValue(values)({ it: null }), path: "value.it", expected: null },
  { title: "JSON takes true", modules: defineValue(values)({ it: true }), path: "value.it", expected: true },
  { title: "JSON takes an integer", check: 49, modules: defineValue(values)({ it: 1 }), path: "value.it", expected: 1 },
  {
    title: "JSON takes a fraction",
    check: 50,
    modules: defineValue(values)({ it: 1.1 }),
    path: "value.it",
    expected: 1.1,
  },
  { title: "JSON takes text", modules: defineValue(values)({ it: "foo" }), path: "value.it", expected: "foo" },
  {
    title: "JSON takes an object",
    check: 53,
    modules: defineValue(values)({ it: { foo: 1 } }),
    path: "value.it",
    expected: { foo: 1 },
  },
  {
    title: "JSON takes a list of objects",
    check: 54,
    modules: defineValue(values)({ it: [{ bar: [1] }] }),
    path: "value.it",
    expected: [{ bar: [1] }],
  },
  {
    title: "TOML has no null",
    check: 56,
    modules: defineValue(types.attrsOf(types.toml))({ it: untyped(null) }),
    error: "type-mismatch",
    message: /TOML value/,
    blames: "value.it",
  },
  {
    title: "TOML has no null inside a list either",
    modules: defineValue(types.toml)({ a: [1, untyped(null)] }),
    error: "type-mismatch",
    blames: "value.a.1",
  },
  {
    title: "TOML takes nested tables",
    modules: defineValue(types.toml)({ a: { b: [1, "c"] } }),
    path: "value.a.b",
    expected: [1, "c"],
  },
  { title: "JSON has no functions", modules: defineValue(types.json)(untyped(() => 1)), error: "type-mismatch" },
  {
    title: "JSON has no NaN",
    modules: defineValue(types.json)({ a: Number.NaN }),
    error: "type-mismatch",
    blames: "value.a",
  },
  {
    title: "JSON has no dates",
    modules: defineValue(types.json)({ a: untyped(new Date(0)) }),
    error: "type-mismatch",
    blames: "value.a",
  },
  {
    title: "Objects of several modules merge by name, and lists are concatenated",
    modules: defineValue(types.json)({ a: { x: 1 }, l: [1] }, { a: { y: 2 }, l: [2] }),
    path: "value",
    expected: { a: { x: 1, y: 2 }, l: [1, 2] },
  },
  {
    title: "A type that holds itself goes as deep as the value",
    modules: defineValue(tree)({ a: { b: { c: 1 } } }),
    path: "value.a.b.c",
    expected: 1,
  },
  {
    title: "A type that holds itself reports what is wrong deep inside",
    modules: defineValue(tree)({ a: { b: untyped("c") } }),
    error: "type-mismatch",
    blames: "value.a.b",
  },
];
