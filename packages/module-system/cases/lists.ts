import { mkAfter, mkBefore, mkDefault, mkForce, mkIf, mkMerge, mkOrder } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const list = declareValue(types.listOf(types.str));
const says = (word: string) => defining(list)({ value: [word] }, word);

const imported = says("imported");
const importer = defineModule({
  imports: [says("first"), imported],
  config: untyped((_given: unknown, define: (definitions: unknown) => void) => define({ value: ["own"] })),
});

const saying = (words: readonly string[]) =>
  defineModule({
    options: { list: option({ type: types.listOf(types.str) }) },
    config(_given, define) {
      define({ list: words });
    },
  });

const inner = types.submodule({ imports: [saying(["a"]), saying(["b"])] });
const nested = types.submodule({
  imports: [saying(["a"]), saying(["b"])],
  options: { inner: option({ type: inner }) },
});

const empty = defineModule({
  options: { bad: option({ type: types.nonEmptyListOf(types.submodule({})), default: [] }) },
});

/** Lists: their order, their elements, and limits on them. */
export const listCases: readonly TestCase[] = [
  {
    title: "Modules give their elements in the order in which they are listed",
    modules: [says("a"), says("b"), says("c")],
    path: "value",
    expected: ["a", "b", "c"],
  },
  {
    title: "Imports come before the module, in their order",
    modules: [importer, says("last")],
    path: "value",
    expected: ["first", "imported", "own", "last"],
  },
  {
    title: "A module that was imported before stays where it was first",
    modules: [imported, importer],
    path: "value",
    expected: ["imported", "first", "own"],
  },
  {
    title: "Submodules have the same order, at any depth",
    modules: [declareValue(nested)],
    path: "value",
    expected: { list: ["a", "b"], inner: { list: ["a", "b"] } },
  },
  {
    title: "In a submodule its own modules come before the definitions from outside",
    modules: defineValue(inner)({ list: ["outside"] }, { list: ["further outside"] }),
    path: "value.list",
    expected: ["a", "b", "outside", "further outside"],
  },
  {
    title: "Within a module the define calls and the parts of mkMerge keep their order",
    modules: [
      defineModule({
        imports: [list],
        config(_given, define) {
          define({ value: mkMerge([["a"], mkIf(true, ["b"]), ["c"]]) });
          define({ value: ["d"] });
        },
      }),
    ],
    path: "value",
    expected: ["a", "b", "c", "d"],
  },
  {
    title: "mkBefore and mkAfter go around the plain ones, whatever the order of modules",
    modules: defineValue(types.listOf(types.str))(mkAfter(["z"]), ["m"], mkBefore(["a"])),
    path: "value",
    expected: ["a", "m", "z"],
  },
  {
    title: "Of equal orders the module order decides",
    modules: defineValue(types.listOf(types.str))(mkBefore(["a"]), ["m"], mkBefore(["b"])),
    path: "value",
    expected: ["a", "b", "m"],
  },
  {
    title: "mkOrder 1000 is where plain definitions are",
    modules: defineValue(types.listOf(types.str))(["a"], mkOrder(1000, ["b"]), ["c"]),
    path: "value",
    expected: ["a", "b", "c"],
  },
  {
    title: "Forced lists are sorted among themselves",
    modules: defineValue(types.listOf(types.str))(mkForce(["b"]), ["gone"], mkForce(mkBefore(["a"]))),
    path: "value",
    expected: ["a", "b"],
  },
  {
    title: "A list that must not be empty has no empty default, and the message names what it holds",
    check: 11,
    modules: [empty],
    error: "type-mismatch",
    message: /"non-empty \(list of submodule\)"/,
    blames: "bad",
  },
  {
    title: "Each definition of a list that must not be empty has an element",
    modules: defineValue(types.nonEmptyListOf(types.str))(["a"], []),
    error: "type-mismatch",
    by: ["second", "declaration"],
  },
  {
    title: "A list whose elements all vanish is empty",
    modules: defineValue(types.nonEmptyListOf(types.str))([mkIf(false, "a")]),
    error: "type-mismatch",
  },
  {
    title: "A list that must not be empty has no value by itself",
    modules: [declareValue(types.nonEmptyListOf(types.str))],
    path: "value",
    error: "no-value",
  },
  {
    title: "A wrong element is blamed at its index",
    modules: defineValue(types.listOf(types.int))([1, untyped("b")]),
    error: "type-mismatch",
    blames: "value.1",
    by: ["first"],
  },
  {
    title: "Every wrong element is reported",
    modules: defineValue(types.listOf(types.int))(untyped(["a", 1, "b"])),
    error: "type-mismatch",
    also: ["type-mismatch"],
  },
  {
    title: "A list must be a list",
    modules: defineValue(types.listOf(types.int))(untyped(1)),
    error: "type-mismatch",
    message: /"list of signed integer"/,
  },
  {
    title: "Elements that are submodules are each one of their own",
    modules: defineValue(types.listOf(types.submodule({ options: { x: option({ type: types.int, default: 7 }) } })))(
      [{}, { x: 1 }],
      [{}],
    ),
    path: "value",
    expected: [{ x: 7 }, { x: 1 }, { x: 7 }],
  },
  {
    title: "An unknown name in an element is blamed with its index",
    modules: defineValue(
      types.listOf(types.submodule({ options: { port: option({ type: types.port, default: 80 }) } })),
    )([untyped({ prot: 1 })]),
    error: "unknown-option",
    blames: "value.0.prot",
    advice: /"value\.0\.port"/,
  },
  {
    title: "A list of lists is concatenated at the outer level only",
    modules: defineValue(types.listOf(types.listOf(types.int)))([[1], [2]], [[3]]),
    path: "value",
    expected: [[1], [2], [3]],
  },
  {
    title: "Equal elements stay, for a list is no set",
    modules: defineValue(types.listOf(types.int))([1], [1]),
    path: "value",
    expected: [1, 1],
  },
  {
    title: "A default list gives way to an empty one",
    modules: defineValue(types.listOf(types.int))(mkDefault([1]), []),
    path: "value",
    expected: [],
  },
];
