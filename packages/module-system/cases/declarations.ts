import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { defineType, option, type OptionSettings, type OptionType } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const declaring = <T, D>(name: string, settings: OptionSettings<T, D, T>) =>
  defineModule({ name, options: { value: option(settings) } });

const shared = option({ type: types.int, default: 1 });
const counting = declaring("counting", { type: types.listOf(types.int), apply: (list) => [...list, list.length] });

const nested = { nested: option({ type: types.int, default: 1 }) };
const bare = defineModule({ name: "bare", options: { bare: option({ type: types.submodule({}), default: {} }) } });
const bareNested = defineModule({
  name: "nested",
  options: { bare: option({ type: types.submodule({ options: nested }) }) },
});
const bareDeep = (name: string) =>
  defineModule({ name, options: { bare: { deep: option({ type: types.int, default: 2 }) } } });
const allBare = defineModule({ imports: [bare, bareNested, bareDeep("deep")] });

const typeless = (options: object) => defineModule({ name: "typeless", options: untyped(options) });

/** Declares the option `value` by each of two types, and gives it a value. */
const twice = (first: OptionType, second: OptionType, definition: unknown) => {
  const one = declareValue(first);
  return [one, declareValue(second), defining(one)({ value: definition })];
};

/** A type made by hand: it merges with its own kind. */
const box: OptionType<unknown> = defineType({
  name: "box",
  description: "box",
  accepts: () => true,
  merge: () => "ok",
  combine: () => box,
  jsonSchema: () => ({}),
});

const positiveList = (description: string) =>
  types.addCheck(types.listOf(types.int), (list) => list.length < 3, description);

const conflicting: readonly { readonly name: string; readonly first: OptionType; readonly second: OptionType }[] = [
  { name: "str and lines", first: types.str, second: types.lines },
  { name: "int and str", first: types.int, second: types.str },
  { name: "lists of int and of str", first: types.listOf(types.int), second: types.listOf(types.str) },
  { name: "sets of int and of str", first: types.attrsOf(types.int), second: types.attrsOf(types.str) },
  { name: "strings joined by different separators", first: types.lines, second: types.commas },
  {
    name: "either in another order",
    first: types.either(types.int, types.str),
    second: types.either(types.str, types.int),
  },
  { name: "attrListOf", first: types.attrListOf(types.int), second: types.attrListOf(types.int) },
  { name: "functions to int and to str", first: types.functionTo(types.int), second: types.functionTo(types.str) },
  { name: "null or int and null or str", first: types.nullOr(types.int), second: types.nullOr(types.str) },
];

/** What may be declared, what may be declared twice, and what may not. */
export const declarationCases: readonly TestCase[] = [
  {
    title: "A submodule without options and one with them are one option",
    check: 66,
    modules: [bare, bareNested],
    path: "bare.nested",
    expected: 1,
  },
  {
    title: "Options declared below a submodule join it",
    check: 68,
    modules: [defining(allBare)({ bare: untyped({ nested: 42, deep: 420 }) })],
    path: "bare.nested",
    expected: 42,
  },
  {
    title: "An option declared below a submodule is defined like its own",
    check: 69,
    modules: [defining(allBare)({ bare: untyped({ nested: 42, deep: 420 }) })],
    path: "bare.deep",
    expected: 420,
  },
  {
    title: "It does not matter whether the submodule or the option below it is declared first",
    modules: [bareDeep("deep"), bareNested, bare],
    path: "bare",
    expected: { nested: 1, deep: 2 },
  },
  {
    title: "An option below a submodule must not have two defaults; the full path and both modules are named",
    check: 71,
    modules: [bare, bareDeep("one"), bareDeep("other")],
    error: "already-declared",
    message: /"default"/,
    blames: "bare.deep",
    by: ["other", "one"],
  },
  {
    title: "An option whose type is none cannot be declared",
    read: () => option({ type: untyped("str") }),
    error: "not-a-type",
  },
  {
    title: "A list whose elements are of no type cannot be declared",
    read: () => types.listOf(untyped("str")),
    error: "not-a-type",
  },
  {
    title: "Two equal patterns merge",
    check: 72,
    modules: twice(types.strMatching(/\(.*\)/), types.strMatching(/\(.*\)/), "(a)"),
    read: (evaluation) => evaluation.option(["value"])?.type.description,
    expected: "string matching the pattern \\(.*\\)",
  },
  {
    title: "Two declarations with the same coercion do not merge",
    check: 131,
    modules: [
      declaring("one", { type: types.coercedTo(types.int, String, types.str), default: 42 }),
      declaring("other", { type: types.coercedTo(types.int, String, types.str) }),
    ],
    error: "already-declared",
    by: ["other", "one"],
  },
  {
    title: "Two placeholders for the names of members contradict each other",
    check: 200,
    modules: [
      declareValue(types.attrsOf(types.int, { placeholder: "id" })),
      declareValue(types.attrsOf(types.int, { placeholder: "other" })),
    ],
    error: "already-declared",
    blames: "value",
  },
  {
    title: "One placeholder is enough",
    modules: twice(types.attrsOf(types.int, { placeholder: "id" }), types.attrsOf(types.int), { a: 1 }),
    path: "value.a",
    expected: 1,
  },
  {
    title: "A type made by hand merges with its own kind",
    check: 304,
    modules: twice(box, box, 1),
    path: "value",
    expected: "ok",
  },
  {
    title: "An absolute and a relative path do not merge",
    check: 357,
    modules: [declareValue(types.pathWith({ absolute: true })), declareValue(types.pathWith({ absolute: false }))],
    error: "already-declared",
    blames: "value",
  },
  ...conflicting.map(({ name, first, second }): TestCase => ({
    title: `Two declarations do not merge: ${name}`,
    modules: [declareValue(first), declareValue(second)],
    error: "already-declared",
    message: /cannot be merged/,
    blames: "value",
  })),
  {
    title: "A bare type is no declaration, and the fix says to write option around it",
    check: 294,
    modules: [typeless({ result: types.str })],
    error: "not-an-option",
    blames: "result",
    advice: /option\(\{ type: … \}\) around the type/,
    by: ["typeless"],
  },
  {
    title: "A bare type is named with its full path",
    check: 295,
    modules: [typeless({ result: { here: types.str } })],
    error: "not-an-option",
    blames: "result.here",
  },
  {
    title: "A value is no declaration",
    modules: [typeless({ result: 1 })],
    error: "not-an-option",
    message: /type number/,
  },
  {
    title: "Options that are no object are no declarations",
    modules: [typeless([])],
    error: "not-an-option",
  },
  {
    title: "An option has no options below it unless it is a submodule; both modules are named",
    check: 297,
    modules: [
      defineModule({ name: "group", options: { group: option({ type: types.bool }) } }),
      defineModule({ name: "below", options: { group: { enable: mkEnableOption("it") } } }),
    ],
    error: "option-below-option",
    message: /"group": its type "boolean"/,
    by: ["below", "group"],
  },
  {
    title: "So it is when the options below are declared first",
    modules: [
      defineModule({ name: "below", options: { group: { enable: mkEnableOption("it") } } }),
      defineModule({ name: "group", options: { group: option({ type: types.bool }) } }),
    ],
    error: "option-below-option",
    by: ["below", "group"],
  },
  ...(["default", "defaultText", "example", "description"] as const).map((field): TestCase => ({
    title: `Two declarations must not both give ${field}, even if it is the same`,
    modules: [
      declaring("one", { type: types.str, [field]: "a" }),
      declaring("other", { type: types.str, [field]: "a" }),
    ],
    error: "already-declared",
    message: new RegExp(`"${field}"`),
    by: ["other", "one"],
  })),
  {
    title: "Two declarations must not both map the value",
    modules: [
      declaring("one", { type: types.str, apply: (value) => value }),
      declaring("other", { type: types.str, apply: (value) => value }),
    ],
    error: "already-declared",
    message: /"apply"/,
  },
  {
    title: "One declaration may give the type and another the default",
    modules: [declaring("one", { type: types.str }), declaring("other", { type: types.str, default: "a" })],
    path: "value",
    expected: "a",
  },
  {
    title: "Enums declared twice take the values of both",
    modules: twice(types.enum(["a"]), types.enum(["b"]), "b"),
    path: "value",
    expected: "b",
  },
  {
    title: "Enums declared twice take no third value",
    modules: twice(types.enum(["a"]), types.enum(["b"]), "c"),
    error: "type-mismatch",
    message: /"a", "b"/,
  },
  {
    title: "A port declared twice stays a port",
    modules: twice(types.port, types.port, 99_999_999),
    error: "type-mismatch",
  },
  {
    title: "A positive number declared twice stays positive",
    modules: twice(types.ints.positive, types.ints.positive, -4),
    error: "type-mismatch",
  },
  {
    title: "Two ranges of numbers hold both",
    modules: twice(types.ints.between(0, 10), types.ints.between(5, 20), 15),
    error: "type-mismatch",
    message: /between 0 and 10 .* and .* between 5 and 20/,
  },
  {
    title: "Two ranges of numbers take what is in both",
    modules: twice(types.ints.between(0, 10), types.ints.between(5, 20), 7),
    path: "value",
    expected: 7,
  },
  {
    title: "A plain number declared again as a port is a port",
    modules: twice(types.int, types.port, 99_999_999),
    error: "type-mismatch",
  },
  {
    title: "A port declared again as a plain number stays a port",
    modules: twice(types.port, types.int, 99_999_999),
    error: "type-mismatch",
  },
  {
    title: "A list that must not be empty stays so when it is declared twice",
    modules: twice(types.nonEmptyListOf(types.int), types.nonEmptyListOf(types.int), []),
    error: "type-mismatch",
  },
  {
    title: "A plain list declared again as one that must not be empty must not be empty",
    modules: twice(types.listOf(types.int), types.nonEmptyListOf(types.int), []),
    error: "type-mismatch",
  },
  {
    title: "A list that must not be empty has no value by itself, declared twice either",
    modules: [declareValue(types.nonEmptyListOf(types.int)), declareValue(types.nonEmptyListOf(types.int))],
    path: "value",
    error: "no-value",
  },
  {
    title: "Tests of two declarations both count",
    modules: twice(
      positiveList("short list"),
      types.addCheck(types.listOf(types.int), (list) => list.every((item) => item > 0), "list of positive numbers"),
      [-1],
    ),
    error: "type-mismatch",
    message: /short list and list of positive numbers/,
  },
  {
    title: "A test within a list counts when the list is declared twice",
    modules: twice(types.listOf(types.port), types.listOf(types.port), [99_999_999]),
    error: "type-mismatch",
    blames: "value.0",
  },
  {
    title: "What one declaration makes read-only stays so",
    modules: [
      declaring("one", { type: types.int, readOnly: true, default: 1 }),
      defining(declaring("other", { type: types.int, readOnly: false }))({ value: 2 }),
    ],
    error: "read-only",
  },
  {
    title: "What one declaration hides stays hidden",
    modules: [
      declaring("one", { type: types.int, internal: true }),
      declaring("other", { type: types.int, visible: false }),
    ],
    read: (evaluation) => evaluation.options().map(({ internal, visible }) => ({ internal, visible })),
    expected: [{ internal: true, visible: false }],
  },
  {
    title: "One declaration may stand at several places",
    modules: [defineModule({ options: { a: shared, b: shared } })],
    path: [],
    expected: { a: 1, b: 1 },
  },
  {
    title: "A default is checked like a definition",
    modules: [declaring("declaring", { type: types.int, default: untyped("a") })],
    error: "type-mismatch",
    by: ["declaring"],
  },
  {
    title: "A default that is replaced is not checked",
    modules: [defining(declaring("declaring", { type: types.int, default: untyped("a") }))({ value: 1 })],
    path: "value",
    expected: 1,
  },
  {
    title: "What apply gives is what readers get, and is not checked",
    modules: [declaring("declaring", { type: types.int, default: 1, apply: (value) => untyped(`${value}!`) })],
    path: "value",
    expected: "1!",
  },
  {
    title: "What apply throws is an error that names the option",
    modules: [
      declaring("declaring", {
        type: types.int,
        default: 1,
        apply: () => {
          throw new Error("cannot map");
        },
      }),
    ],
    error: "apply-failed",
    message: /"value": cannot map/,
    blames: "value",
  },
  {
    title: "apply maps the merged value once",
    modules: [defining(counting)({ value: [1] }), defining(counting)({ value: [2] })],
    path: "value",
    expected: [1, 2, 2],
  },
  {
    title: "An option of any type is a value of raw",
    modules: defineValue(types.raw)(types.int),
    read: (evaluation) => evaluation.value(["value"]) === types.int,
    expected: true,
  },
];
