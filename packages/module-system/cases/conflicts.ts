import { mkDefault, mkForce, mkOverride, mkOptionDefault } from "@firn/definition";
import { types } from "@firn/module-system";
import type { TypeLike } from "@firn/option";
import { z } from "zod";
import { defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

interface Pair {
  readonly name: string;
  readonly type: TypeLike;
  /** Two values of which one option cannot have both. */
  readonly values: readonly [unknown, unknown];
  /** Where they contradict, when it is not the option itself. */
  readonly at?: string;
}

/** Each type that takes one value only. */
const pairs: readonly Pair[] = [
  { name: "bool", type: types.bool, values: [true, false] },
  { name: "int", type: types.int, values: [1, 2] },
  { name: "ints.unsigned", type: types.ints.unsigned, values: [1, 2] },
  { name: "ints.positive", type: types.ints.positive, values: [1, 2] },
  { name: "ints.between", type: types.ints.between(0, 9), values: [1, 2] },
  { name: "ints.u8", type: types.ints.u8, values: [1, 2] },
  { name: "ints.u16", type: types.ints.u16, values: [1, 2] },
  { name: "ints.u32", type: types.ints.u32, values: [1, 2] },
  { name: "ints.s8", type: types.ints.s8, values: [1, 2] },
  { name: "ints.s16", type: types.ints.s16, values: [1, 2] },
  { name: "ints.s32", type: types.ints.s32, values: [1, 2] },
  { name: "float", type: types.float, values: [1.5, 2.5] },
  { name: "number", type: types.number, values: [1, 1.5] },
  { name: "port", type: types.port, values: [80, 443] },
  { name: "str", type: types.str, values: ["a", "b"] },
  { name: "nonEmptyStr", type: types.nonEmptyStr, values: ["a", "b"] },
  { name: "singleLineStr", type: types.singleLineStr, values: ["a", "b"] },
  { name: "strMatching", type: types.strMatching(/./), values: ["a", "b"] },
  { name: "enum", type: types.enum(["a", "b"]), values: ["a", "b"] },
  { name: "path", type: types.path, values: ["/a", "/b"] },
  { name: "nullOr", type: types.nullOr(types.int), values: [1, 2] },
  { name: "nullOr, null and not", type: types.nullOr(types.int), values: [null, 2] },
  { name: "either", type: types.either(types.int, types.str), values: [1, 2] },
  { name: "either, one of each", type: types.either(types.int, types.str), values: [1, "a"] },
  { name: "oneOf, one of each", type: types.oneOf([types.int, types.str, types.bool]), values: [true, "a"] },
  { name: "coercedTo", type: types.coercedTo(types.int, String, types.str), values: [1, "2"] },
  { name: "addCheck", type: types.addCheck(types.int, (value) => value > 0, "more than 0"), values: [1, 2] },
  { name: "anything", type: types.anything, values: [1, 2] },
  { name: "anything, two lists", type: types.anything, values: [[1], [2]] },
  { name: "anything, inside", type: types.anything, values: [{ a: 1 }, { a: 2 }], at: "value.a" },
  { name: "json", type: types.json, values: [1, 2] },
  { name: "json, inside", type: types.json, values: [{ a: "x" }, { a: "y" }], at: "value.a" },
  { name: "toml", type: types.toml, values: ["a", true] },
  { name: "recursive", type: types.recursive("number", () => types.int), values: [1, 2] },
  { name: "attrsOf, a member", type: types.attrsOf(types.int), values: [{ a: 1 }, { a: 2 }], at: "value.a" },
  { name: "schema", type: z.object({ a: z.number() }), values: [{ a: 1 }, { a: 2 }] },
];

/** The types of which one definition is all there can be, equal or not. */
const singles: readonly Pair[] = [
  { name: "unique", type: types.unique(types.int), values: [1, 1] },
  { name: "raw", type: types.raw, values: [1, 1] },
];

function casesOf({ name, type, values, at = "value" }: Pair): TestCase[] {
  const [one, other] = values.map((value) => untyped(value) as unknown);
  return [
    {
      title: `Two different definitions of ${name} contradict each other, and both are shown`,
      modules: defineValue(type)(one, other),
      error: "conflicting-definitions",
      blames: at,
      by: ["first", "second"],
      advice: /mkForce/,
    },
    {
      title: `Two equal definitions of ${name} are one`,
      modules: defineValue(type)(one, structuredClone(one)),
      path: "value",
      expected: one,
    },
    {
      title: `A forced definition of ${name} wins over another`,
      modules: defineValue(type)(one, mkForce(other)),
      path: "value",
      expected: other,
    },
  ];
}

/** Definitions that contradict each other, and those that agree. */
export const conflictCases: readonly TestCase[] = [
  ...pairs.filter(({ name }) => name !== "coercedTo").flatMap(casesOf),
  ...pairs.filter(({ name }) => name === "coercedTo").flatMap((pair) => casesOf(pair).slice(0, 1)),
  ...singles.map(({ name, type, values }): TestCase => ({
    title: `Two definitions of ${name} are one too many, equal or not`,
    modules: defineValue(type)(...values),
    error: "not-unique",
    blames: "value",
    by: ["first", "second"],
  })),
  {
    title: "Two definitions that are equal once converted are one",
    modules: defineValue(types.coercedTo(types.int, String, types.str))(1, "1"),
    path: "value",
    expected: "1",
  },
  {
    title: "Two defaults contradict each other",
    modules: defineValue(types.int)(mkDefault(1), mkDefault(2)),
    error: "conflicting-definitions",
    advice: /priority 1000/,
  },
  {
    title: "Two defaults that a definition replaces do not",
    modules: defineValue(types.int)(mkDefault(1), mkDefault(2), 3),
    path: "value",
    expected: 3,
  },
  {
    title: "Two forced definitions contradict each other",
    modules: defineValue(types.int)(mkForce(1), mkForce(2)),
    error: "conflicting-definitions",
    advice: /priority 50/,
  },
  {
    title: "Of two numbers as priorities the smaller wins",
    modules: defineValue(types.int)(mkOverride(70, 1), mkOverride(60, 2)),
    path: "value",
    expected: 2,
  },
  {
    title: "Equal numbers as priorities are a tie",
    modules: defineValue(types.int)(mkOverride(70, 1), mkOverride(70, 2)),
    error: "conflicting-definitions",
    advice: /priority 70/,
  },
  {
    title: "mkOverride 100 ties with a plain definition",
    modules: defineValue(types.int)(mkOverride(100, 1), 2),
    error: "conflicting-definitions",
  },
  {
    title: "Only the definitions that tie are shown",
    modules: defineValue(types.int)(mkOptionDefault(0), 1, 2),
    error: "conflicting-definitions",
    by: ["second", "third", "declaration"],
  },
  {
    title: "A definition that loses is not checked",
    modules: defineValue(types.int)(mkDefault(untyped("no number")), 1),
    path: "value",
    expected: 1,
  },
  {
    title: "A definition that loses is not checked inside either",
    modules: defineValue(types.listOf(types.int))(mkDefault([untyped("no number")]), [1]),
    path: "value",
    expected: [1],
  },
  {
    title: "A definition that wins is checked, whatever it wins over",
    modules: defineValue(types.int)(mkForce(untyped("no number")), 1),
    error: "type-mismatch",
    by: ["first", "declaration"],
  },
  {
    title: "Some null and some not is an error of its own",
    modules: defineValue(types.nullOr(types.int))(null, 1),
    error: "conflicting-definitions",
    message: /some are null and some are not/,
  },
  {
    title: "null and null are null",
    modules: defineValue(types.nullOr(types.int))(null, null),
    path: "value",
    expected: null,
  },
  {
    title: "null as a default gives way",
    modules: defineValue(types.nullOr(types.int))(mkDefault(null), 1),
    path: "value",
    expected: 1,
  },
  {
    title: "A forced null wins",
    modules: defineValue(types.nullOr(types.int))(mkForce(null), 1),
    path: "value",
    expected: null,
  },
];
