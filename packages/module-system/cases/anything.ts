import { mkDefault, mkForce, mkIf, mkMerge } from "@firn/definition";
import { type Evaluation, types } from "@firn/module-system";
import { defineValue, unread } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const deep = defineValue(types.anything)(
  { foo: null },
  { l1: { foo: null } },
  { l1: { l2: { foo: null } } },
  { l1: { l2: { l3: { foo: null } } } },
);

class Package {
  readonly outPath = "foo";
  get err(): never {
    return unread();
  }
}

const opaque = new Package();

const atoms = { int: 0, bool: false, string: "", list: [1], null: null, float: 0.1 };
const equalAtoms = defineValue(types.anything)(atoms, structuredClone(atoms));

const calling = (member: string, argument: unknown) => (evaluation: Evaluation) => {
  const { value } = evaluation.config as { value: Record<string, (argument: unknown) => unknown> };
  return value[member]?.(argument);
};

const nested = defineValue(types.anything)({
  nested: mkMerge([
    { foo: mkDefault(0), bar: mkIf(false, 0) },
    mkIf(true, { foo: mkIf(true, mkForce(1)), bar: { baz: mkDefault("baz") } }),
  ]),
});

const functions = defineValue(types.anything)({ f: (x: number) => ({ x }) }, { f: () => ({ y: null }) });

/** Values of any type, merged by what they are. */
export const anythingCases: readonly TestCase[] = [
  { title: "Objects merge at the top", check: 236, modules: deep, path: "value.foo", expected: null },
  { title: "Objects merge one level down", check: 237, modules: deep, path: "value.l1.foo", expected: null },
  { title: "Objects merge two levels down", modules: deep, path: "value.l1.l2.foo", expected: null },
  { title: "Objects merge three levels down", check: 239, modules: deep, path: "value.l1.l2.l3.foo", expected: null },
  {
    title: "An instance of a class is one value, which is not looked into",
    check: 240,
    modules: defineValue(types.anything)({ package: opaque }),
    path: "value.package.outPath",
    expected: "foo",
  },
  {
    title: "Two instances of a class contradict each other",
    modules: defineValue(types.anything)(new Package(), new Package()),
    error: "conflicting-definitions",
    blames: "value",
  },
  { title: "Equal integers are one", check: 242, modules: equalAtoms, path: "value.int", expected: 0 },
  { title: "Equal booleans are one", check: 243, modules: equalAtoms, path: "value.bool", expected: false },
  { title: "Equal lists are one", modules: equalAtoms, path: "value.list", expected: [1] },
  { title: "Equal nulls are one", check: 246, modules: equalAtoms, path: "value.null", expected: null },
  { title: "Equal fractions are one", check: 247, modules: equalAtoms, path: "value.float", expected: 0.1 },
  {
    title: "An object and a list contradict each other",
    modules: defineValue(types.anything)({ a: {} }, { a: [] }),
    error: "conflicting-definitions",
    blames: "value.a",
  },
  {
    title: "Functions whose results contradict each other fail when they are called",
    check: 249,
    modules: defineValue(types.anything)({ f: () => ({}) }, { f: () => [] }),
    read: calling("f", null),
    error: "conflicting-definitions",
    blames: 'value.f."<function body>"',
  },
  {
    title: "A function stays a function",
    check: 250,
    modules: defineValue(types.anything)({ f: (x: unknown) => x }),
    read: ({ config }) => typeof (config as { value: { f: unknown } }).value.f,
    expected: "function",
  },
  { title: "Functions merge by their results", modules: functions, read: calling("f", 1), expected: { x: 1, y: null } },
  {
    title: "Every function contributes",
    check: 252,
    modules: functions,
    read: (evaluation) => Object(calling("f", 1)(evaluation)).y,
    expected: null,
  },
  {
    title: "A member whose condition is false is not there",
    check: 253,
    modules: defineValue(types.anything)({ mkiffalse: mkIf(false, {}) }),
    absent: "value.mkiffalse",
  },
  {
    title: "A member whose condition is true is there",
    modules: defineValue(types.anything)({ mkiftrue: mkIf(true, {}) }),
    path: "value",
    expected: { mkiftrue: {} },
  },
  {
    title: "A default gives way inside",
    check: 255,
    modules: defineValue(types.anything)({ mkdefault: mkDefault(0) }, { mkdefault: 1 }),
    path: "value.mkdefault",
    expected: 1,
  },
  {
    title: "mkMerge of one object is that object",
    check: 256,
    modules: defineValue(types.anything)({ mkmerge: mkMerge([{}]) }),
    path: "value.mkmerge",
    expected: {},
  },
  {
    title: "Wrappers nest inside, and the strongest counts",
    check: 258,
    modules: nested,
    path: "value.nested.foo",
    expected: 1,
  },
  {
    title: "A member that one definition leaves out comes from the other",
    check: 259,
    modules: nested,
    path: "value.nested.bar.baz",
    expected: "baz",
  },
  {
    title: "A default object is dropped as a whole, for its members are no options",
    modules: defineValue(types.anything)(mkDefault({ a: 1 }), { b: 2 }),
    path: "value",
    expected: { b: 2 },
  },
];
