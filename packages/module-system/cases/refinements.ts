import { mkDefault, mkForce, mkIf } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { z } from "zod";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const notOne = types.addCheck(types.int, (value) => value !== 1, "signed integer");
const hasFoo = types.addCheck(types.attrsOf(types.int), (value) => Object.hasOwn(value, "foo"), "set with foo");
const rawWithFoo = types.addCheck(
  types.attrsOf(types.raw),
  (value) => Object.hasOwn(value, "foo"),
  "set of raw values with foo",
);

const short = types.addCheck(types.listOf(types.int), (list) => list.length <= 2, "list of at most two numbers");

const range = types.addCheck(
  types.submodule({
    options: { low: option({ type: types.int, default: 0 }), high: option({ type: types.int, default: 10 }) },
  }),
  ({ low, high }) => low <= high,
  "range with low up to high",
);

const broken = defineModule({
  options: {
    result: option({ type: types.bool, default: false }),
    one: option({ type: notOne, default: 1 }),
    foos: option({ type: hasFoo, default: {} }),
    ranges: option({ type: types.attrsOf(range), default: { wrong: { low: 11 } } }),
  },
});

const server = z.object({ host: z.string(), port: z.number().int().max(65_535, "a port is at most 65535") });
const upper = z.string().transform((text) => text.toUpperCase());
const even = z.number().refine((value) => value % 2 === 0, "must be even");

/** Types narrowed by a test, and types that are schemas. */
export const refinementCases: readonly TestCase[] = [
  {
    title: "A default that fails the test is an error",
    check: 382,
    modules: [defineModule({ options: { value: option({ type: notOne, default: 1 }) } })],
    error: "type-mismatch",
    message: /"signed integer"/,
  },
  {
    title: "A set that passes the test is mapped",
    check: 383,
    modules: [
      defineModule({
        options: {
          value: option({ type: hasFoo, default: { foo: 1 }, apply: (value) => untyped(value["foo"] === 1) }),
        },
      }),
    ],
    path: "value",
    expected: true,
  },
  {
    title: "A member that fails the test is blamed",
    check: 393,
    modules: defineValue(types.attrsOf(rawWithFoo))({ bar: { baz: "value" } }),
    error: "type-mismatch",
    blames: "value.bar",
  },
  {
    title: "Options that fail do no harm to the others",
    check: 394,
    modules: [defining(broken)({ result: true })],
    path: "result",
    expected: true,
    despite: ["type-mismatch", "type-mismatch", "type-mismatch"],
  },
  {
    title: "A limit holds for each definition",
    modules: defineValue(short)([1, 2, 3]),
    error: "type-mismatch",
    message: /at most two numbers/,
  },
  {
    title: "A limit holds for what the definitions are together",
    modules: defineValue(short)([1, 2], [3]),
    error: "type-mismatch",
    message: /at most two numbers/,
    by: ["first", "second"],
  },
  {
    title: "A limit counts elements that are there",
    modules: defineValue(short)([1, mkIf(false, 2), 3]),
    path: "value",
    expected: [1, 3],
  },
  {
    title: "A limit does not hold for what is overridden",
    modules: defineValue(short)(mkDefault([1, 2, 3]), [1]),
    path: "value",
    expected: [1],
  },
  {
    title: "A test on a submodule holds for its value",
    modules: defineValue(range)({ low: 11 }),
    error: "type-mismatch",
    message: /range with low up to high/,
    blames: "value",
  },
  {
    title: "A test on a submodule sees what several modules define",
    modules: defineValue(range)({ low: 11 }, { high: 12 }),
    path: "value",
    expected: { low: 11, high: 12 },
  },
  {
    title: "A test on a submodule holds in a set",
    modules: defineValue(types.attrsOf(range))({ a: { low: 11 } }),
    error: "type-mismatch",
    blames: "value.a",
  },
  {
    title: "A test on a submodule holds where it may be null",
    modules: defineValue(types.nullOr(range))({ low: 11 }),
    error: "type-mismatch",
  },
  {
    title: "A test on a submodule holds when it is declared twice",
    modules: [declareValue(range), defining(declareValue(range))({ value: { low: 11 } })],
    error: "type-mismatch",
    blames: "value",
  },
  {
    title: "A test that throws is an error of the option",
    modules: defineValue(
      types.addCheck(
        types.int,
        () => {
          throw new Error("cannot test");
        },
        "tested",
      ),
    )(1),
    error: "apply-failed",
    message: /cannot test/,
    blames: "value",
  },
  {
    title: "A schema is a type",
    modules: defineValue(server)({ host: "a", port: 80 }),
    path: "value",
    expected: { host: "a", port: 80 },
  },
  {
    title: "A schema says what is wrong and where in the value",
    modules: defineValue(server)({ host: "a", port: 99_999 }),
    error: "type-mismatch",
    advice: /port: a port is at most 65535/,
    by: ["first"],
  },
  {
    title: "A schema says all that is wrong",
    modules: defineValue(server)(untyped({ host: 1 })),
    error: "type-mismatch",
    advice: /host: .*; port: /,
  },
  {
    title: "A schema in a set is checked at each member",
    modules: defineValue(types.attrsOf(even))({ a: 2, b: 3 }),
    error: "type-mismatch",
    blames: "value.b",
    advice: /must be even/,
  },
  {
    title: "A schema in a list is checked at each element",
    modules: defineValue(types.listOf(even))([2, 3]),
    error: "type-mismatch",
    blames: "value.1",
  },
  { title: "A schema that may be null", modules: defineValue(types.nullOr(even))(null), path: "value", expected: null },
  {
    title: "A schema that transforms gives what it makes",
    modules: defineValue(upper)("a"),
    path: "value",
    expected: "A",
  },
  {
    title: "A schema in a list transforms each element",
    modules: defineValue(types.listOf(upper))(["a"], ["b"]),
    path: "value",
    expected: ["A", "B"],
  },
  {
    title: "A schema in a set transforms each member",
    modules: defineValue(types.attrsOf(upper))({ a: "a" }),
    path: "value.a",
    expected: "A",
  },
  {
    title: "A schema gives its defaults",
    modules: defineValue(z.object({ a: z.number().default(1) }))({}),
    path: "value",
    expected: { a: 1 },
  },
  {
    title: "Definitions that a schema makes equal agree",
    modules: defineValue(upper)("a", "A"),
    path: "value",
    expected: "A",
  },
  {
    title: "A losing definition is not given to a schema",
    modules: defineValue(even)(mkDefault(3), 2),
    path: "value",
    expected: 2,
  },
  {
    title: "A forced definition of a schema wins",
    modules: defineValue(even)(mkForce(4), 2),
    path: "value",
    expected: 4,
  },
  {
    title: "A schema that is asynchronous is an error",
    modules: defineValue(z.number().refine(async () => true))(1),
    error: "type-mismatch",
    advice: /asynchronous/,
  },
  {
    title: "One schema declared twice is one type",
    modules: [declareValue(even), ...defineValue(even)(2)],
    path: "value",
    expected: 2,
  },
  {
    title: "Two schemas do not merge",
    modules: [declareValue(z.number()), declareValue(z.string())],
    error: "already-declared",
    blames: "value",
  },
];
