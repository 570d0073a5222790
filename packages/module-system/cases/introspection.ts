import { types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defineValue } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const withBar = types.submodule({ options: { bar: option({ type: types.int }) } });
const withFoo = types.submodule({ options: { foo: option({ type: types.int, default: 0 }) } });

/** What an evaluation tells of the values in it. */
export const introspectionCases: readonly TestCase[] = [
  {
    title: "An option without definition has nothing to tell but what is declared",
    differs: 374,
    modules: [declareValue(types.str)],
    read: (evaluation) => evaluation.explain(["value"])?.definitions,
    expected: [],
  },
  {
    title: "The elements of a list are those of the value",
    differs: 376,
    modules: defineValue(types.listOf(types.str))(["a", "b"]),
    read: (evaluation) => Object(evaluation.value(["value"])).length,
    expected: 2,
  },
  {
    title: "An option of a member is reached by its path",
    check: 377,
    modules: defineValue(types.attrsOf(withBar))({ foo: { bar: 42 } }),
    path: "value.foo.bar",
    expected: 42,
  },
  {
    title: "What is known of an option of a member is reached by its path",
    modules: defineValue(types.attrsOf(withBar))({ foo: { bar: 42 } }),
    read: (evaluation) => evaluation.option(["value", "foo", "bar"])?.type.description,
    expected: "signed integer",
  },
  {
    title: "An option of an element is reached by its index",
    check: 379,
    modules: defineValue(types.listOf(withBar))([{ bar: 42 }]),
    path: "value.0.bar",
    expected: 42,
  },
  {
    title: "So it is where the list is declared twice",
    check: 380,
    modules: [...defineValue(types.listOf(withBar))([{ bar: 42 }]), declareValue(types.listOf(withFoo))],
    path: "value.0.bar",
    expected: 42,
  },
  {
    title: "A path that leads nowhere finds nothing",
    modules: [declareValue(types.str)],
    read: (evaluation) => [evaluation.find(["nowhere"]), evaluation.value(["nowhere"]), evaluation.option(["nowhere"])],
    expected: [undefined, undefined, undefined],
  },
  {
    title: "Options of submodules are listed once, under a placeholder for the name",
    modules: defineValue(types.attrsOf(withBar))({ foo: { bar: 42 } }),
    read: (evaluation) => evaluation.options().map(({ path }) => path.join(".")),
    expected: ["value", "value.<name>.bar"],
  },
  {
    title: "Options of elements are listed under a star, and those of functions under their body",
    modules: [declareValue(types.listOf(types.functionTo(withBar)))],
    read: (evaluation) => evaluation.options().map(({ path }) => path.join(".")),
    expected: ["value", "value.*.<function body>.bar"],
  },
  {
    title: "The placeholder is the one that the type gives",
    modules: [declareValue(types.attrsOf(withBar, { placeholder: "machine" }))],
    read: (evaluation) => evaluation.options().map(({ path }) => path.join(".")),
    expected: ["value", "value.<machine>.bar"],
  },
];
