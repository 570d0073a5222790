import {
  type Definable,
  lazy,
  mkAfter,
  mkBefore,
  mkDefault,
  mkDefinition,
  mkForce,
  mkIf,
  mkMerge,
  mkOrder,
  mkOverride,
} from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

interface Nesting {
  readonly title: string;
  /** Stands against a plain 2 and a default of 3. */
  readonly definition: Definable<number>;
  readonly expected: number;
}

/** Wrappers in every nesting around one number. */
const nestings: readonly Nesting[] = [
  { title: "mkForce around a true mkIf", definition: mkForce(mkIf(true, 1)), expected: 1 },
  { title: "mkForce around a false mkIf", definition: mkForce(mkIf(false, 1)), expected: 2 },
  { title: "a true mkIf around mkForce", definition: mkIf(true, mkForce(1)), expected: 1 },
  { title: "a false mkIf around mkForce", definition: mkIf(false, mkForce(1)), expected: 2 },
  { title: "mkForce around mkMerge", definition: mkForce(mkMerge([1, 1])), expected: 1 },
  { title: "mkMerge around mkForce", definition: mkMerge([mkForce(1), 5]), expected: 1 },
  { title: "mkAfter around mkForce", definition: mkAfter(mkForce(1)), expected: 1 },
  { title: "mkForce around mkAfter", definition: mkForce(mkAfter(1)), expected: 1 },
  { title: "mkForce around mkDefault, of which the inner decides", definition: mkForce(mkDefault(1)), expected: 2 },
  { title: "mkDefault around mkForce, of which the inner decides", definition: mkDefault(mkForce(1)), expected: 1 },
  { title: "mkDefault around mkIf", definition: mkDefault(mkIf(true, 1)), expected: 2 },
  { title: "mkForce around lazy", definition: mkForce(lazy(() => 1)), expected: 1 },
  { title: "lazy around mkForce", definition: lazy(() => mkForce(1)), expected: 1 },
  { title: "lazy around a false mkIf", definition: lazy(() => mkIf(false, 1)), expected: 2 },
  {
    title: "a lazy condition that holds",
    definition: mkForce(
      mkIf(
        lazy(() => true),
        1,
      ),
    ),
    expected: 1,
  },
  {
    title: "a lazy condition that does not",
    definition: mkForce(
      mkIf(
        lazy(() => false),
        1,
      ),
    ),
    expected: 2,
  },
  { title: "mkDefinition around mkForce", definition: mkDefinition("elsewhere", mkForce(1)), expected: 1 },
  { title: "mkForce around mkDefinition", definition: mkForce(mkDefinition("elsewhere", 1)), expected: 1 },
  { title: "mkDefinition around mkIf", definition: mkDefinition("elsewhere", mkIf(false, 1)), expected: 2 },
  { title: "mkIf in mkIf", definition: mkIf(true, mkIf(true, mkForce(1))), expected: 1 },
  { title: "mkMerge in mkMerge in mkIf", definition: mkIf(true, mkMerge([mkMerge([mkForce(1)])])), expected: 1 },
  { title: "an empty mkMerge", definition: mkMerge([]), expected: 2 },
  {
    title: "mkMerge of forced and conditional",
    definition: mkMerge([mkIf(false, mkForce(7)), mkIf(true, mkOverride(60, 1))]),
    expected: 1,
  },
];

const two = { x: option({ type: types.int, default: 0 }), y: option({ type: types.int, default: 0 }) };
const options = defineModule({ options: two });
const point = types.submodule({ options: two });
const numbers = types.listOf(types.int);
const list = defineModule({ options: { list: option({ type: numbers }) } });
const deep = types.attrsOf(types.attrsOf(types.int));
const nested = defineModule({ options: { a: { b: { c: option({ type: types.int, default: 0 }) } } } });

/** Wrappers nest in any order and stand at any place. */
export const wrapperCases: readonly TestCase[] = [
  ...nestings.map(({ title, definition, expected }): TestCase => ({
    title: `Against a plain 2, ${title} gives ${expected}`,
    modules: defineValue(types.int)(definition, 2, mkDefault(3)),
    path: "value",
    expected,
  })),
  {
    title: "mkDefault around a set of options with a false condition inside",
    modules: [defining(options)(mkDefault({ x: mkIf(false, 1), y: 1 }))],
    path: [],
    expected: { x: 0, y: 1 },
  },
  {
    title: "mkDefault around a set of options reaches each of them",
    modules: [defining(options)(mkDefault({ x: 1, y: 1 })), defining(options)({ x: 2 })],
    path: [],
    expected: { x: 2, y: 1 },
  },
  {
    title: "In a forced set of options an inner default decides",
    modules: [defining(options)(mkForce({ x: mkDefault(1), y: 1 })), defining(options)({ x: 2, y: 2 })],
    path: [],
    expected: { x: 2, y: 1 },
  },
  {
    title: "mkMerge around sets of options, each in wrappers of its own",
    modules: [defining(options)(mkMerge([mkForce({ x: 1 }), mkIf(true, { x: 2, y: 2 }), mkIf(false, { y: 9 })]))],
    path: [],
    expected: { x: 1, y: 2 },
  },
  {
    title: "Wrappers at every level of a path",
    modules: [defining(nested)(mkIf(true, { a: mkMerge([{ b: mkForce({ c: mkIf(true, 1) }) }, { b: { c: 2 } }]) }))],
    path: "a.b.c",
    expected: 1,
  },
  {
    title: "mkBefore around a set of options reaches its lists",
    modules: [defining(list)({ list: [2] }), defining(list)(mkBefore({ list: [1] }))],
    path: "list",
    expected: [1, 2],
  },
  {
    title: "mkDefinition around a set of options names the place of each",
    modules: [defining(options)(mkDefinition("generated", { x: untyped("no number") }))],
    error: "type-mismatch",
    by: ["generated"],
  },
  {
    title: "A member of a set takes wrappers in any nesting",
    modules: defineValue(types.attrsOf(types.int))({ a: mkForce(mkIf(true, mkMerge([1]))) }, { a: 2 }),
    path: "value",
    expected: { a: 1 },
  },
  {
    title: "A member whose conditions are all false is not there",
    modules: defineValue(types.attrsOf(types.int))({ a: mkForce(mkMerge([mkIf(false, 1), mkIf(false, 2)])), b: 1 }),
    absent: "value.a",
  },
  {
    title: "A member of a member takes wrappers",
    modules: defineValue(deep)(mkIf(true, { a: { b: mkForce(1) } }), { a: { b: 2 } }),
    path: "value.a.b",
    expected: 1,
  },
  {
    title: "A default member gives way as a whole, with what is forced in it, for its members are no options",
    modules: defineValue(deep)({ a: mkDefault({ b: mkForce(1) }) }, { a: { c: 2 } }),
    path: "value.a",
    expected: { c: 2 },
  },
  {
    title: "An element of a list may be conditional",
    modules: defineValue(numbers)([1, mkIf(false, 2), mkIf(true, 3)]),
    path: "value",
    expected: [1, 3],
  },
  {
    title: "An element of a list may be lazy",
    modules: defineValue(numbers)([lazy(() => 1), mkForce(2)]),
    path: "value",
    expected: [1, 2],
  },
  {
    title: "An element of a list must not be two values",
    modules: defineValue(numbers)([mkMerge([1, 2])]),
    error: "conflicting-definitions",
    blames: "value.0",
  },
  {
    title: "A condition around a list may stand within a priority",
    modules: defineValue(numbers)(mkForce(mkIf(true, mkMerge([[1], mkBefore([0])]))), [5]),
    path: "value",
    expected: [0, 1],
  },
  {
    title: "Fields of a submodule take wrappers in any nesting",
    modules: defineValue(point)(mkDefault({ x: mkForce(mkIf(true, 1)), y: mkIf(false, 5) }), { x: 2, y: 2 }),
    path: "value",
    expected: { x: 1, y: 2 },
  },
  {
    title: "Wrappers stand inside anything",
    modules: defineValue(types.anything)({ a: { b: mkForce(mkIf(true, 1)), c: mkIf(false, 1) } }, { a: { b: 2 } }),
    path: "value",
    expected: { a: { b: 1 } },
  },
  {
    title: "Wrappers stand inside JSON",
    modules: defineValue(types.json)({ a: untyped({ b: mkForce(1), c: mkIf(false, 1) }) }, { a: { b: 2 } }),
    path: "value",
    expected: { a: { b: 1 } },
  },
  {
    title: "Wrappers inside attrs are left alone, since its members are taken as they are",
    modules: defineValue(types.attrs)({ a: 1, b: 1 }, { a: 2 }),
    path: "value",
    expected: { a: 2, b: 1 },
  },
  {
    title: "A condition that is not a boolean is an error that names the option",
    modules: defineValue(types.int)(mkIf(untyped("yes"), 1)),
    error: "bad-condition",
    blames: "value",
    message: /"yes" as the condition of mkIf/,
    by: ["first"],
  },
  {
    title: "A condition that is undefined is an error",
    modules: defineValue(types.int)(mkIf(untyped(undefined), 1)),
    error: "bad-condition",
  },
  {
    title: "A condition of a member that is not a boolean is an error that names the member",
    modules: defineValue(types.attrsOf(types.int))({ a: mkIf(untyped(0), 1) }),
    error: "bad-condition",
    blames: "value.a",
  },
  {
    title: "A lazy condition that is not a boolean is an error",
    modules: defineValue(types.int)(
      mkIf(
        lazy(() => untyped(null)),
        1,
      ),
    ),
    error: "bad-condition",
    message: /null/,
  },
  {
    title: "A lazy value that throws is an error with its message",
    modules: defineValue(types.int)(
      lazy(() => {
        throw new Error("not today");
      }),
    ),
    error: "apply-failed",
    message: /not today/,
    blames: "value",
  },
  {
    title: "A number as order puts a list where it belongs",
    modules: defineValue(numbers)(mkOrder(1200, [3]), mkAfter([4]), [2], mkBefore([1])),
    path: "value",
    expected: [1, 2, 3, 4],
  },
  {
    title: "Of two orders the inner decides",
    modules: defineValue(numbers)([1], mkAfter(mkBefore([0]))),
    path: "value",
    expected: [0, 1],
  },
  {
    title: "Orders sort lines as well",
    modules: defineValue(types.lines)("b", mkBefore("a"), mkAfter("d"), "c"),
    path: "value",
    expected: "a\nb\nc\nd",
  },
];
