import { mkDefault, mkForce } from "@firn/definition";
import { types } from "@firn/module-system";
import { defineValue, unread, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const examples = types.attrsOf(
  types.unique(
    types.attrsOf(types.str),
    "We require a single definition, because seeing the whole value at once helps us",
  ),
);
const twice = defineValue(examples)({ merged: { b: "bee" } }, { merged: { a: "aye" } });

/** Options of which there may be one definition only. */
export const uniqueCases: readonly TestCase[] = [
  {
    title: "Two definitions are one too many, although they could be merged",
    check: 285,
    modules: twice,
    error: "not-unique",
    blames: "value.merged",
    by: ["first", "second"],
  },
  {
    title: "The reason is the one that the type gives",
    check: 286,
    modules: twice,
    error: "not-unique",
    advice: /seeing the whole value at once/,
  },
  {
    title: "One definition is enough",
    modules: defineValue(examples)({ it: { a: "a" } }),
    path: "value.it",
    expected: { a: "a" },
  },
  {
    title: "There may be several while one wins",
    check: 288,
    modules: defineValue(examples)({ override: { a: "a" } }, { override: mkForce({ b: "bee" }) }),
    path: "value.override.b",
    expected: "bee",
  },
  {
    title: "The one definition is checked",
    modules: defineValue(types.unique(types.int))(untyped("a")),
    error: "type-mismatch",
  },
  {
    title: "raw does not look inside",
    check: 289,
    modules: defineValue(types.raw)({
      get foo() {
        return unread();
      },
    }),
    read: ({ diagnostics }) => diagnostics,
    expected: [],
  },
  {
    title: "raw takes one definition, although another is equal",
    check: 291,
    modules: defineValue(types.raw)("foo", "foo"),
    error: "not-unique",
    blames: "value",
  },
  {
    title: "raw takes the strongest definition",
    check: 292,
    modules: defineValue(types.raw)("foo", mkForce("bar")),
    path: "value",
    expected: "bar",
  },
  {
    title: "raw keeps wrappers inside as they are",
    modules: defineValue(types.raw)({ a: mkForce(1) }),
    read: (evaluation) => Object.keys(Object(evaluation.value(["value"]))),
    expected: ["a"],
  },
  {
    title: "raw is the value itself",
    modules: defineValue(types.raw)(unread),
    read: ({ config }) => (config as { value: unknown }).value === unread,
    expected: true,
  },
  {
    title: "A default is no second definition",
    modules: defineValue(types.raw)(mkDefault("default"), "plain"),
    path: "value",
    expected: "plain",
  },
];
