import { mkAfter, mkBefore, mkDefault, mkDefinition, mkForce, mkIf, mkMerge } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const strings = types.attrListOf(types.str);
const attrListInt = types.attrsOf(types.attrListOf(types.int));

const flags = defineModule({
  name: "flags",
  options: {
    flags: option({ type: types.attrListOf(types.anything) }),
    argv: option({ type: types.listOf(types.str) }),
  },
  config({ options }, define) {
    const given = options.flags.definitions.map(({ value, module }) =>
      mkDefinition<readonly string[]>(module, Object.values(untyped(value) as object)),
    );
    define({ argv: mkMerge(given) });
  },
});

/** Named values in an order, names possibly repeated. */
export const attrListCases: readonly TestCase[] = [
  {
    title: "A wrong value is blamed with its name",
    check: 402,
    modules: defineValue(attrListInt)({ badValue: [{ a: untyped("not-an-int") }] }),
    error: "type-mismatch",
    blames: "value.badValue.a",
    message: /"signed integer"/,
  },
  {
    title: "An element has one key",
    check: 403,
    modules: defineValue(strings)([untyped({ a: "ok", b: "extra" })]),
    error: "type-mismatch",
    message: /single-key attribute set, but got 2 keys/,
  },
  {
    title: "An element has a key at all",
    modules: defineValue(strings)([{}]),
    error: "type-mismatch",
    message: /but got 0 keys/,
  },
  {
    title: "An element is an object",
    check: 405,
    modules: defineValue(strings)([untyped("not a singleton attribute")]),
    error: "type-mismatch",
    message: /must be an attribute set, but got string/,
  },
  { title: "The whole is a list or an object", modules: defineValue(strings)(untyped("a")), error: "type-mismatch" },
  {
    title: "Definitions passed on keep the name of the module that made them",
    check: 406,
    modules: [defining(flags)({ flags: { "my-flag": 3.14 } }, "the-defs-file")],
    error: "type-mismatch",
    message: /3\.14/,
    by: ["the-defs-file"],
  },
  {
    title: "Names may be repeated, and the order of definitions is kept",
    modules: defineValue(strings)([{ a: "1" }, { b: "2" }, { a: "3" }], { c: "4" }),
    path: "value",
    expected: [{ a: "1" }, { b: "2" }, { a: "3" }, { c: "4" }],
  },
  {
    title: "Orders count over the whole",
    modules: defineValue(strings)({ b: "b", z: mkAfter("z") }, mkBefore([{ a: "a" }])),
    path: "value",
    expected: [{ a: "a" }, { b: "b" }, { z: "z" }],
  },
  {
    title: "Priorities count name by name",
    modules: defineValue(strings)({ a: mkDefault("gone"), b: "b" }, [{ a: "a" }, { b: mkForce("forced") }]),
    path: "value",
    expected: [{ a: "a" }, { b: "forced" }],
  },
  {
    title: "An entry whose condition is false vanishes",
    modules: defineValue(strings)([{ a: mkIf(false, "a") }, { b: "b" }]),
    path: "value",
    expected: [{ b: "b" }],
  },
  { title: "Without a definition the list is empty", modules: [declareValue(strings)], path: "value", expected: [] },
];
