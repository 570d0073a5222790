import { mkIf } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const theOption = option({ type: types.int });
const anOption = defineModule({ options: { anOption: theOption } });

const withInt = types.submodule({ options: { int: option({ type: types.int, default: 10 }) } });
const withStr = types.submodule({ options: { str: option({ type: types.str }) } });
const merged = [declareValue(withInt), declareValue(withStr)];

/** Which options there are never depends on values: declarations and types are shared as JavaScript values. */
export const optionValueCases: readonly TestCase[] = [
  {
    title: "A declaration is a value of JavaScript and is shared as one",
    differs: 298,
    modules: [defining(anOption)({ anOption: 10 })],
    path: "anOption",
    expected: 10,
  },
  {
    title: "Two submodule types become one by declaring the option by both",
    differs: 300,
    modules: merged,
    path: "value.int",
    expected: 10,
  },
  {
    title: "The option of the second type is defined like that of the first",
    differs: 301,
    modules: [...merged, ...merged.slice(0, 1).map((one) => defining(one)({ value: untyped({ str: "hello" }) }))],
    path: "value.str",
    expected: "hello",
  },
  {
    title: "Options cannot be declared by a function of the configuration",
    modules: [defineModule({ options: untyped(() => ({ a: theOption })) })],
    error: "not-an-option",
  },
  {
    title: "Options cannot be declared under a condition",
    modules: [defineModule({ options: untyped({ a: mkIf(true, theOption) }) })],
    error: "not-an-option",
    blames: "a",
  },
  {
    title: "Whether a declared option is used may depend on values",
    modules: defineValue(types.attrsOf(types.int))(mkIf(true, { a: 1 })),
    path: "value",
    expected: { a: 1 },
  },
];
