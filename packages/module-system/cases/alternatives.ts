import { mkDefault, mkForce } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const intOrLists = types.oneOf([types.int, types.listOf(types.int), types.str]);

const parse = (text: string): number => {
  const parsed = Number(text);
  if (Number.isNaN(parsed)) throw new Error(`${text} is no number`);
  return parsed;
};

const asText = defineModule({
  options: { value: option({ type: types.coercedTo(types.int, String, types.str), default: 42 }) },
});
const asNumber = defineModule({
  name: "declaration",
  options: { value: option({ type: types.coercedTo(types.str, parse, types.ints.s8), default: "12" }) },
});

const point = types.submodule({ options: { x: option({ type: types.int, default: 0 }) } });

/** Types that are one of several others, and values that are converted. */
export const alternativeCases: readonly TestCase[] = [
  {
    title: "either takes a value of the one type",
    check: 78,
    modules: defineValue(types.either(types.int, types.str))(42),
    path: "value",
    expected: 42,
  },
  {
    title: "either takes a value of the other type",
    modules: defineValue(types.either(types.int, types.str))("a"),
    path: "value",
    expected: "a",
  },
  {
    title: "either takes no third type, and the message names both",
    modules: defineValue(types.either(types.int, types.str))(untyped(true)),
    error: "type-mismatch",
    message: /"signed integer or string"/,
  },
  {
    title: "oneOf takes a value of the first type",
    check: 80,
    modules: defineValue(intOrLists)(42),
    path: "value",
    expected: 42,
  },
  { title: "oneOf takes an empty list", check: 81, modules: defineValue(intOrLists)([]), path: "value", expected: [] },
  {
    title: "oneOf merges as the type that it takes",
    modules: defineValue(intOrLists)([1], [2]),
    path: "value",
    expected: [1, 2],
  },
  {
    title: "The type is taken by the outer shape, and what is wrong inside is reported",
    modules: defineValue(types.either(types.listOf(types.int), types.listOf(types.str)))(untyped(["a"])),
    error: "type-mismatch",
    blames: "value.0",
    message: /signed integer/,
  },
  {
    title: "either of a submodule and a set takes the submodule",
    modules: defineValue(types.either(point, types.attrsOf(types.int)))(untyped({ y: 1 })),
    error: "unknown-option",
    blames: "value.y",
  },
  {
    title: "A losing definition has no say in which type is taken",
    modules: defineValue(types.either(types.int, types.str))(mkDefault(1), "a"),
    path: "value",
    expected: "a",
  },
  {
    title: "A default is converted too",
    check: 128,
    modules: [asText],
    path: "value",
    expected: "42",
  },
  {
    title: "A value of the final type is taken as it is",
    check: 129,
    modules: [defining(asText)({ value: "24" })],
    path: "value",
    expected: "24",
  },
  { title: "Text is converted to a number", check: 132, modules: [asNumber], path: "value", expected: 12 },
  {
    title: "What was converted is checked by the final type",
    modules: [defining(asNumber)({ value: "1000" })],
    error: "type-mismatch",
    message: /1000 .*8 bit signed integer/,
  },
  {
    title: "A conversion that throws tells its reason and names the definition",
    check: 134,
    modules: [defining(asNumber)({ value: "foobar" }, "converted")],
    error: "coercion-failed",
    message: /foobar is no number/,
    by: ["converted"],
  },
  {
    title: "A value of neither type is refused",
    modules: [defining(asNumber)({ value: untyped(null) })],
    error: "type-mismatch",
    message: /convertible to it/,
  },
  {
    title: "A losing definition is not converted",
    modules: [defining(asNumber)({ value: mkDefault("foobar") }), defining(asNumber)({ value: 1 })],
    path: "value",
    expected: 1,
  },
  {
    title: "Converted definitions merge as the final type",
    modules: defineValue(types.coercedTo(types.str, (one) => [one], types.listOf(types.str)))(
      "a",
      ["b"],
      mkForce("c"),
      mkForce(["d"]),
    ),
    path: "value",
    expected: ["c", "d"],
  },
  {
    title: "null or a submodule is a submodule when it is defined",
    modules: defineValue(types.nullOr(point))({ x: 1 }, {}),
    path: "value",
    expected: { x: 1 },
  },
  {
    title: "null or a type refuses what is neither, once",
    modules: defineValue(types.nullOr(types.int))(untyped("a")),
    error: "type-mismatch",
    message: /"null or signed integer"/,
  },
  {
    title: "null or a list merges its lists",
    modules: defineValue(types.nullOr(types.listOf(types.int)))([1], [2]),
    path: "value",
    expected: [1, 2],
  },
];
