import { lazy, mkIf, mkMerge } from "@firn/definition";
import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const strings = declareValue(types.attrsOf(types.str));
const throwing = lazy<string>(() => {
  throw new Error("is not lazy");
});

const asking = defineModule({
  imports: [strings],
  options: { isLazy: option({ type: types.bool }) },
  config({ config }, define) {
    define({ isLazy: !("foo" in config.value) });
  },
});

const conditional = defineModule({
  imports: [asking],
  config(_given, define) {
    define({ value: { foo: mkIf(false, "never"), bar: "bar" } });
  },
});

const numbers = declareValue(types.attrsOf(types.int));
const twice = defineModule({ imports: [numbers, declareValue(types.attrsOf(types.int))] });
const dependent = defineModule({
  imports: [twice],
  config({ config }, define) {
    define({ value: { baz: 10 } });
    define({ value: { bar: (config.value["baz"] ?? 0) + 1 } });
  },
});

/** Named members. */
export const attrsOfCases: readonly TestCase[] = [
  {
    title: "A member that throws is an error of the whole, since every member is evaluated",
    check: 191,
    modules: [asking, defining(strings)({ value: { bar: throwing } })],
    error: "apply-failed",
    message: /"value": is not lazy/,
  },
  {
    title: "There is no lazy set: a member that throws is an error of the whole everywhere",
    differs: 192,
    modules: [asking, defining(strings)({ value: { bar: throwing } })],
    error: "apply-failed",
    blames: "value",
  },
  {
    title: "A name whose condition is false is not there",
    differs: 194,
    modules: [conditional],
    path: "isLazy",
    expected: true,
  },
  {
    title: "A name whose condition is false has no empty value either",
    differs: 195,
    modules: [conditional],
    absent: "value.foo",
  },
  {
    title: "A member can be computed from another that was defined before",
    check: 197,
    modules: [dependent],
    path: "value.bar",
    expected: 11,
  },
  {
    title: "It can so whatever the type, since rounds and not laziness make it possible",
    differs: 198,
    modules: [dependent],
    path: "value",
    expected: { baz: 10, bar: 11 },
  },
  {
    title: "A member computed from its own set in the call that defines the set waits for itself",
    modules: [
      defineModule({
        name: "circular",
        imports: [numbers],
        config({ config }, define) {
          define({ value: { baz: 10, bar: (config.value["baz"] ?? 0) + 1 } });
        },
      }),
    ],
    path: "value",
    expected: { baz: 10, bar: 11 },
  },
  {
    title: "Names of objects are names like others",
    modules: defineValue(types.attrsOf(types.int))({ constructor: 1, toString: 2 } as Record<string, number>),
    path: "value",
    expected: { constructor: 1, toString: 2 },
  },
  {
    title: "Names of several modules add up in the order of their first definition",
    modules: defineValue(types.attrsOf(types.int))({ b: 1 }, { a: 1, b: 1 }),
    read: (evaluation) => Object.keys(Object(evaluation.value(["value"]))),
    expected: ["b", "a"],
  },
  {
    title: "A set must be an object",
    modules: defineValue(types.attrsOf(types.int))(untyped([1])),
    error: "type-mismatch",
  },
  {
    title: "An instance of a class is no set",
    modules: defineValue(types.attrsOf(types.int))(untyped(new Map([["a", 1]]))),
    error: "type-mismatch",
    message: /class Map/,
  },
  {
    title: "A wrong member is blamed with its name, in quotes where it has dots",
    modules: defineValue(types.attrsOf(types.int))({ "a.example": untyped("b") }),
    error: "type-mismatch",
    blames: 'value."a.example"',
  },
  {
    title: "Every wrong member is reported",
    modules: defineValue(types.attrsOf(types.int))(untyped({ a: "a", b: 1, c: "c" })),
    error: "type-mismatch",
    also: ["type-mismatch"],
  },
  {
    title: "A list of a member is concatenated",
    modules: defineValue(types.attrsOf(types.listOf(types.int)))({ a: [1] }, { a: mkMerge([[2], [3]]) }),
    path: "value.a",
    expected: [1, 2, 3],
  },
  {
    title: "attrs takes members as they are, and later ones win",
    modules: defineValue(types.attrs)({ a: [1], b: 1 }, { a: [2] }),
    path: "value",
    expected: { a: [2], b: 1 },
  },
  { title: "attrs must be an object", modules: defineValue(types.attrs)(untyped("a")), error: "type-mismatch" },
  {
    title: "A member that reads a sibling submodule is no cycle",
    modules: [
      defineModule({
        options: {
          machines: option({
            type: types.attrsOf(
              types.submodule({
                options: { up: mkEnableOption("it"), peer: option({ type: types.bool, default: false }) },
              }),
            ),
          }),
        },
        config({ config }, define) {
          define({ machines: { a: { up: true }, b: {} } });
          define({ machines: { b: { peer: config.machines["a"]?.up ?? false } } });
        },
      }),
    ],
    path: "machines.b",
    expected: { up: false, peer: true },
  },
];
