import { mkForce, mkMerge } from "@firn/definition";
import { defineModule, type Evaluation, type Module, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue, unread, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const calling =
  (argument: unknown) =>
  ({ config }: Evaluation): unknown =>
    (config as { value: (argument: unknown) => unknown }).value(argument);

const submodules = [
  declareValue(types.functionTo(types.submodule({ options: { a: option({ type: types.str, default: "a" }) } }))),
  declareValue(types.functionTo(types.submodule({ options: { b: option({ type: types.str, default: "b" }) } }))),
];

/** Calls the function of the first module while the configuration is being evaluated. */
const result = (declaring: Module, argument: unknown) =>
  defineModule({
    imports: [declaring],
    options: { result: option({ type: types.str }) },
    config({ config }, define) {
      const called = (untyped(config) as { value: (argument: unknown) => object }).value(argument);
      define({ result: Object.values(called).join(" ") });
    },
  });

const sets = declareValue(types.functionTo(types.attrsOf(types.str)));
const lists = declareValue(types.functionTo(types.listOf(types.str)));

/** Functions as values, merged by their results. */
export const functionCases: readonly TestCase[] = [
  {
    title: "Results of all functions merge by their type",
    check: 261,
    modules: [result(lists, null), defining(lists)({ value: mkMerge([() => ["a"], () => ["b"]]) })],
    path: "result",
    expected: "a b",
  },
  {
    title: "A result of another type is an error of the call, which names the definition",
    check: 262,
    modules: defineValue(types.functionTo(types.str))(untyped(() => 10)),
    read: calling(null),
    error: "type-mismatch",
    blames: 'value."<function body>"',
    by: ["first"],
  },
  {
    title: "A result of another type is an error of whoever calls the function in a module",
    modules: [result(sets, null), defining(sets)({ value: untyped(() => ({ a: 1 })) })],
    error: "type-mismatch",
    blames: 'value."<function body>".a',
  },
  {
    title: "Priorities count in results",
    check: 264,
    modules: defineValue(types.functionTo(types.attrsOf(types.str)))(
      () => ({ a: "a" }),
      () => ({ b: "b" }),
      () => ({ b: mkForce("c") }),
    ),
    read: calling(null),
    expected: { a: "a", b: "c" },
  },
  {
    title: "Functions to submodules, declared twice, have the options of both",
    check: 265,
    modules: [
      ...submodules,
      ...submodules
        .slice(0, 1)
        .flatMap((one) => [result(one, "unused"), defining(one)({ value: untyped(() => ({ b: "bee" })) })]),
    ],
    path: "result",
    expected: "a bee",
  },
  {
    title: "A function is called with what it is given",
    modules: defineValue(types.functionTo(types.int))((x: number) => x + 1),
    read: calling(1),
    expected: 2,
  },
  {
    title: "A function must be a function",
    modules: defineValue(types.functionTo(types.int))(untyped(1)),
    error: "type-mismatch",
    message: /function that evaluates to signed integer/,
  },
  {
    title: "A function that nobody calls is not called",
    modules: defineValue(types.functionTo(types.int))(unread),
    read: ({ diagnostics }) => diagnostics,
    expected: [],
  },
  {
    title: "Two functions that give different numbers contradict each other when called",
    modules: defineValue(types.functionTo(types.int))(
      () => 1,
      () => 2,
    ),
    read: calling(null),
    error: "conflicting-definitions",
    by: ["first", "second"],
  },
];
