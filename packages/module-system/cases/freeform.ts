import { mkDefault, mkForce, mkIf, mkMerge } from "@firn/definition";
import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { defineType, option, type OptionType } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const strings = defineModule({ name: "freeform", freeform: types.attrsOf(types.str) });
const withEnable = defineModule({ imports: [strings], options: { enable: mkEnableOption("it") } });
const nesting = defineModule({ freeform: types.attrsOf(types.either(types.str, types.attrsOf(types.str))) });

const foo = option({ type: types.str });
const fromFree = defineModule({
  imports: [strings],
  options: { foo },
  config({ config }, define) {
    define({ foo: String(config["value"]) });
  },
});

const maybe = option({ type: types.nullOr(types.str), default: null });
const toFree = defineModule({
  imports: [strings],
  options: { value: maybe },
  config({ config }, define) {
    const { value } = config as { value: string | null };
    define(untyped({ foo: mkIf(value !== null, value ?? "") }));
  },
});

const members = (name: string, options: object) =>
  defineModule({ name, freeform: types.attrsOf(types.submodule({ name, options: untyped(options) })) });
const free = defineModule({
  options: {
    free: option({
      type: types.submodule({
        imports: [
          members("declares foo", { foo: option({ type: types.int, default: 0 }) }),
          members("declares bar", { bar: option({ type: types.int, default: 0 }) }),
        ],
      }),
      default: {},
    }),
  },
});

const ints = types.attrsOf(types.int);
/** attrsOf with a merge of its own, which wraps what it merged. */
const wrapping: OptionType = defineType({
  ...ints,
  merge: (definitions, site) => ({ freeformItems: types.attrsOf(types.attrsOf(types.str)).merge(definitions, site) }),
});

interface NoSet extends Pick<TestCase, "check" | "differs"> {
  readonly name: string;
  readonly type: OptionType;
  readonly value: unknown;
}

const either = types.either(types.int, types.int);

/** Types that are no sets, although the undeclared names are one. */
const noSets: readonly NoSet[] = [
  { name: "either", type: either, value: "foo", differs: 219 },
  { name: "either", type: either, value: 42, check: 228, differs: 227 },
  { name: "null or either", type: types.nullOr(either), value: "foo", check: 222, differs: 221 },
  { name: "null or either", type: types.nullOr(either), value: 42, check: 230 },
  { name: "oneOf", type: types.oneOf([types.int, types.int]), value: "foo", check: 224 },
  { name: "oneOf", type: types.oneOf([types.int, types.int]), value: 42, differs: 231 },
  { name: "number", type: types.number, value: "foo", differs: 225 },
  { name: "number", type: types.number, value: 42, check: 234, differs: 233 },
];

/** Names that no option declares, where they are allowed. */
export const freeformCases: readonly TestCase[] = [
  {
    title: "Undeclared names may be anything, also words of the language",
    check: 203,
    modules: [
      defining(defineModule({ freeform: types.attrsOf(types.anything) }))({
        class: { just: "data" },
        a: "one",
        b: "two",
        meta: "meta",
      }),
    ],
    path: [],
    expected: { class: { just: "data" }, a: "one", b: "two", meta: "meta" },
  },
  { title: "Without undeclared names there are none", check: 204, modules: [strings], path: [], expected: {} },
  {
    title: "Undeclared values are checked",
    modules: [defining(strings)({ value: untyped(1) }, "erring")],
    error: "type-mismatch",
    blames: "value",
    by: ["erring"],
  },
  {
    title: "Wrappers work on undeclared values",
    check: 206,
    modules: [
      defining(strings)({ value: mkDefault("def") }),
      defining(strings)({ value: mkMerge([mkIf(false, "nope"), "yes"]) }),
    ],
    path: "value",
    expected: "yes",
  },
  {
    title: "Undeclared values can be forced",
    modules: [defining(strings)({ value: "a" }), defining(strings)(mkForce({ value: "b" }))],
    path: "value",
    expected: "b",
  },
  {
    title: "Undeclared values contradict each other",
    modules: [defining(strings)({ value: "a" }, "first"), defining(strings)({ value: "b" }, "second")],
    error: "conflicting-definitions",
    blames: "value",
    by: ["first", "second"],
  },
  {
    title: "A declared option needs not be of the type of the undeclared ones",
    check: 207,
    modules: [defining(withEnable)(untyped({ value: "24" }))],
    path: "enable",
    expected: false,
  },
  {
    title: "Declared and undeclared names stand side by side",
    modules: [defining(withEnable)(untyped({ value: "24", enable: true }))],
    path: [],
    expected: { enable: true, value: "24" },
  },
  {
    title: "Declared options nested in undeclared names keep their values",
    check: 209,
    modules: [nestedModule(), nested({ nest: { bar: "bar" } })],
    path: "nest.foo",
    expected: false,
  },
  {
    title: "Undeclared names stand beside nested options, of which one without value is in nobody's way",
    check: 210,
    modules: [nestedModule(), nested({ nest: { bar: "bar" } })],
    path: "nest.bar",
    expected: "bar",
  },
  {
    title: "A declared option is computed from an undeclared one",
    check: 212,
    modules: [fromFree, defining(strings)({ value: "24" })],
    path: "foo",
    expected: "24",
  },
  {
    title: "An undeclared name depends on a declared option, which is no cycle",
    differs: 213,
    modules: [toFree],
    path: [],
    expected: { value: null },
  },
  {
    title: "An undeclared name has the value of a declared option",
    check: 215,
    modules: [
      toFree,
      defining(defineModule({ options: { value: option({ type: types.nullOr(types.str) }) } }))({ value: "24" }),
    ],
    path: "foo",
    expected: "24",
  },
  {
    title: "Options of undeclared members are listed with who declares them",
    check: 216,
    modules: [free],
    read: (evaluation) =>
      evaluation
        .options()
        .find(({ path }) => path.join(".") === "free.<name>.foo")
        ?.declarations.map(({ place }) => place.label),
    expected: ["declares foo"],
  },
  {
    title: "An option of a member that another module declares has its value",
    check: 218,
    modules: [defining(free)({ free: untyped({ yyy: { bar: 10 } }) })],
    path: "free.yyy.bar",
    expected: 10,
  },
  ...noSets.map(({ name, type, value, ...numbers }): TestCase => ({
    title: `The set of undeclared names is no ${name}, with ${JSON.stringify(value)} in it too`,
    ...numbers,
    modules: defineValue(types.submodule({ freeform: untyped(type) }))(untyped({ name: value })),
    error: "type-mismatch",
    blames: "value",
  })),
  {
    title: "A type made by hand is taken as it is for undeclared names",
    check: 303,
    modules: [defining(defineModule({ freeform: untyped(wrapping) }))(untyped({ foo: { bar: "ok" } }))],
    path: "freeformItems.foo.bar",
    expected: "ok",
  },
  {
    title: "Two modules cannot allow undeclared names of different types",
    modules: [strings, defineModule({ freeform: types.attrsOf(types.int) })],
    error: "already-declared",
  },
  {
    title: "Undeclared names are allowed in a submodule that says so, and not around it",
    modules: defineValue(types.submodule({ freeform: types.attrsOf(types.int) }))({ any: 1 }),
    path: "value.any",
    expected: 1,
  },
  {
    title: "Around a submodule that allows undeclared names there are none",
    modules: [defining(declareValue(types.submodule({ freeform: ints })))(untyped({ any: 1 }))],
    error: "unknown-option",
    blames: "any",
  },
  {
    title: "An undeclared name in an open submodule is checked",
    modules: defineValue(types.submodule({ freeform: types.attrsOf(types.int) }))({ any: untyped("a") }),
    error: "type-mismatch",
    blames: "value.any",
  },
];

function nestedModule() {
  return defineModule({
    imports: [nesting],
    options: { nest: { foo: mkEnableOption("it"), unused: option({ type: types.int }) } },
  });
}

function nested(definitions: unknown) {
  return defining(nesting)(untyped(definitions));
}
