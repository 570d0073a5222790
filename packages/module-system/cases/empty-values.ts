import { lazy, mkIf } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option, type OptionType } from "@firn/option";
import { declareValue, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

interface Empty extends Pick<TestCase, "check" | "differs"> {
  readonly name: string;
  readonly type: OptionType;
  readonly expected?: unknown;
}

const emptySubmodule = types.submodule({});

/** Types that have a value without any definition. */
const withValue: readonly Empty[] = [
  { name: "listOf", type: types.listOf(types.int), check: 276, expected: [] },
  { name: "attrs", type: types.attrs, check: 277, expected: {} },
  { name: "attrsOf", type: types.attrsOf(types.int), expected: {} },
  { name: "nullOr", type: types.nullOr(types.int), check: 279, expected: null },
  { name: "submodule", type: emptySubmodule, check: 280, expected: {} },
  { name: "attrListOf", type: types.attrListOf(types.int), expected: [] },
  { name: "unique", type: types.unique(types.listOf(types.int)), expected: [] },
  { name: "json", type: types.json, expected: null },
  {
    name: "coercedTo",
    type: types.coercedTo(types.attrsOf(types.int), () => [], types.listOf(types.str)),
    check: 282,
    expected: [],
  },
];

/** Types that have none. */
const withoutValue: readonly Empty[] = [
  { name: "int", type: types.int, check: 283 },
  { name: "bool", type: types.bool },
  { name: "boolByOr", type: types.boolByOr },
  { name: "str", type: types.str },
  { name: "lines", type: types.lines },
  { name: "port", type: types.port },
  { name: "path", type: types.path },
  { name: "enum", type: types.enum(["a"]) },
  { name: "either", type: types.either(types.listOf(types.int), types.str) },
  { name: "functionTo", type: types.functionTo(types.int) },
  { name: "raw", type: types.raw },
  { name: "anything", type: types.anything },
  { name: "toml", type: types.toml },
  { name: "attrTag", type: types.attrTag({}) },
];

/** Members whose only definition is under a false condition. */
const members: readonly Empty[] = [
  { name: "a list", type: types.listOf(types.int), differs: 270 },
  { name: "a set", type: types.attrsOf(types.int), differs: 271 },
  { name: "a submodule", type: emptySubmodule, differs: 273 },
  { name: "a number", type: types.int, differs: 274 },
];

const reading = defineModule({
  imports: [declareValue(types.int)],
  options: { next: option({ type: types.int }) },
  config({ config }, define) {
    define({ next: config.value + 1 });
  },
});

/** What options are that nobody defines. */
export const emptyValueCases: readonly TestCase[] = [
  ...withValue.map(({ name, type, check, expected }): TestCase => ({
    title: `Without a definition ${name} is ${JSON.stringify(expected)}`,
    ...(check !== undefined && { check }),
    modules: [declareValue(type)],
    path: "value",
    expected,
  })),
  ...withoutValue.map(({ name, type, check }): TestCase => ({
    title: `Without a definition ${name} has no value`,
    ...(check !== undefined && { check }),
    modules: [declareValue(type)],
    path: "value",
    error: "no-value",
    message: /Cannot read "value": it has no value/,
    blames: "value",
  })),
  ...members.map(({ name, type, differs }): TestCase => ({
    title: `Under a false condition a member that is ${name} is not there`,
    ...(differs !== undefined && { differs }),
    modules: defineValue(types.attrsOf(type))({ a: mkIf(false, untyped(null)) }),
    absent: "value.a",
  })),
  {
    title: "An option without value that nobody reads is no problem",
    modules: [declareValue(types.int)],
    path: [],
    expected: {},
  },
  {
    title: "An option without value that a module reads is an error, with the place of the declaration",
    modules: [reading],
    error: "no-value",
    blames: "value",
    advice: /define\(\{ value: … \}\)/,
  },
  {
    title: "A false condition leaves an option without default without value",
    modules: defineValue(types.int)(mkIf(false, 1)),
    path: "value",
    error: "no-value",
  },
  {
    title: "A false condition leaves a list empty",
    modules: defineValue(types.listOf(types.int))(mkIf(false, [1])),
    path: "value",
    expected: [],
  },
  {
    title: "A lazy value that reads an option without value is an error",
    modules: [
      defineModule({
        imports: [declareValue(types.int)],
        options: { other: option({ type: types.int }) },
        config({ config }, define) {
          define({ other: lazy(() => config.value + 1) });
        },
      }),
    ],
    error: "no-value",
    blames: "value",
  },
];
