import { lazy, mkForce, mkMerge } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { defining, defineValue, unread, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const left = option({ type: types.int });
const right = option({ type: types.str });
const intStrings = types.attrsOf(types.attrTag({ left, right }));

const merged = defineModule({
  name: "one",
  options: {
    merged: option({
      type: types.attrsOf(
        types.attrTag({ yay: option({ type: types.int }), extensible: option({ type: types.enum(["foo"]) }) }),
      ),
    }),
  },
});
const extended = defineModule({
  name: "other",
  imports: [merged],
  options: {
    merged: option({
      type: types.attrsOf(
        types.attrTag({ nay: option({ type: types.bool }), extensible: option({ type: types.enum(["bar"]) }) }),
      ),
    }),
  },
});

const refused = { error: "type-mismatch", message: /attribute-tagged union with choices: left, right/ } as const;

/** Objects with exactly one of several keys. */
export const attrTagCases: readonly TestCase[] = [
  {
    title: "An object with one tag comes out as it is",
    check: 12,
    modules: defineValue(intStrings)({ hello: { right: "hello world" }, numberOne: { left: 1 } }),
    path: "value",
    expected: { hello: { right: "hello world" }, numberOne: { left: 1 } },
  },
  {
    title: "Declared twice, the tags of both declarations stand, and shared ones merge",
    check: 12,
    modules: [
      defining(extended)({
        merged: untyped({
          negative: { nay: false },
          positive: { yay: 100 },
          foo: { extensible: "foo" },
          bar: { extensible: "bar" },
        }),
      }),
    ],
    path: "merged",
    expected: {
      negative: { nay: false },
      positive: { yay: 100 },
      foo: { extensible: "foo" },
      bar: { extensible: "bar" },
    },
  },
  {
    title: "A tag may hold a submodule",
    check: 12,
    modules: defineValue(
      types.attrTag({
        foo: option({ type: types.submodule({ options: { bar: option({ type: types.int, default: 1 }) } }) }),
      }),
    )({ foo: {} }),
    path: "value",
    expected: { foo: { bar: 1 } },
  },
  {
    title: "Declared twice, both declarations are known",
    check: 12,
    modules: [extended],
    read: (evaluation) => evaluation.option(["merged"])?.declarations,
    expected: ["one", "other"],
  },
  {
    title: "There must be a tag",
    check: 14,
    modules: defineValue(intStrings)({ it: untyped({}) }),
    ...refused,
    blames: "value.it",
  },
  {
    title: "There must be one tag only, and one that is known",
    check: 15,
    modules: defineValue(intStrings)({ it: untyped({ a: true, b: true }) }),
    ...refused,
  },
  {
    title: "There must be one tag only",
    modules: defineValue(intStrings)({ it: untyped({ left: 1, right: "a" }) }),
    ...refused,
  },
  {
    title: "Tags that are not known are refused without a look at what they hold",
    check: 17,
    modules: defineValue(intStrings)({
      it: mkMerge([untyped({ int: lazy(unread) }), untyped({ string: lazy(unread) })]),
    }),
    ...refused,
  },
  {
    title: "A misspelt tag is refused without a look at what it holds",
    check: 18,
    modules: defineValue(intStrings)({ it: untyped({ rite: lazy(unread) }) }),
    ...refused,
    advice: /left, right/,
  },
  {
    title: "A wrong value in tags within tags is blamed with its full path",
    check: 20,
    modules: defineValue(types.attrTag({ right: option({ type: types.attrTag({ left, right }) }) }))({
      right: untyped({ left: "not a number" }),
    }),
    error: "type-mismatch",
    blames: "value.right.left",
    message: /"signed integer"/,
  },
  {
    title: "A tag is declared as an option",
    check: 21,
    build: () => types.attrTag({ int: untyped(types.int) }),
    throws: /each tag value must be an option, but tag int is not one/,
  },
  {
    title: "Two definitions that choose different tags contradict each other",
    modules: defineValue(intStrings)({ it: { left: 1 } }, { it: { right: "a" } }),
    error: "conflicting-definitions",
    blames: "value.it",
    advice: /left, right/,
    by: ["first", "second"],
  },
  {
    title: "Two definitions of one tag merge as its option",
    modules: defineValue(types.attrTag({ list: option({ type: types.listOf(types.int) }) }))(
      { list: [1] },
      { list: [2] },
    ),
    path: "value",
    expected: { list: [1, 2] },
  },
  {
    title: "A forced choice of a tag wins",
    modules: defineValue(types.attrTag({ left, right }))({ left: 1 }, mkForce({ right: "a" })),
    path: "value",
    expected: { right: "a" },
  },
  {
    title: "A tag maps its value as its option says",
    modules: defineValue(types.attrTag({ left: option({ type: types.int, apply: (value) => value + 1 }) }))({
      left: 1,
    }),
    path: "value",
    expected: { left: 2 },
  },
];
