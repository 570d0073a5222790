import { mkIf, mkMerge } from "@firn/definition";
import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { option, type OptionType } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const withConfig = types.submodule({ options: { config: option({ type: types.bool, default: false }) } });
const inner = defineModule({ options: { inner: option({ type: types.bool, default: false }) } });
const outer = defineModule({
  options: { outer: option({ type: types.bool, default: false }) },
  config(_given, define) {
    define({ outer: true });
  },
});

const telling = types.submodule({
  options: { value: option({ type: types.int }), internalFiles: option({ type: types.listOf(types.str) }) },
  config({ options }, define) {
    define({ internalFiles: options.value.definitions.map(({ module }) => module) });
  },
});

const attrs = defineModule({ options: { attrs: option({ type: types.attrsOf(types.int), default: {} }) } });
const variants = types.recursive<unknown>("variants", () =>
  types.attrsOf(types.submodule({ imports: [attrs], options: { variants: option({ type: variants, default: {} }) } })),
) as OptionType<Record<string, unknown>>;
const family = defineModule({ imports: [attrs], options: { variants: option({ type: variants, default: {} }) } });

const user = types.submodule({
  options: {
    name: option({ type: types.str }),
    home: option({ type: types.path }),
    groups: option({ type: types.listOf(types.str) }),
  },
  config({ name, config }, define) {
    define({ name });
    define({ home: `/home/${config.name}`, groups: [config.name] });
  },
});
const users = declareValue(types.attrsOf(user));

const doubling = types.submodule({
  options: { one: option({ type: types.int }), two: option({ type: types.int }) },
  config({ config }, define) {
    define({ two: config.one * 2 });
  },
});

const summary = defineModule({
  options: { users: option({ type: types.attrsOf(user) }), homes: option({ type: types.listOf(types.path) }) },
  config({ config }, define) {
    define({ users: { ada: {}, bob: {} } });
    define({ homes: Object.values(config.users).map(({ home }) => home) });
  },
});

const asserting = types.submodule({
  options: { port: option({ type: types.port, default: 80 }) },
  config({ config, assert, warn }) {
    assert(config.port !== 22, "port 22 belongs to sshd");
    if (config.port === 23) warn("telnet is old");
  },
});

/** Sets of options of their own. */
export const submoduleCases: readonly TestCase[] = [
  {
    title: "An option may be called config, for a definition is nothing but definitions",
    check: 164,
    modules: defineValue(withConfig)({ config: true }),
    path: "value.config",
    expected: true,
  },
  {
    title: "A definition needs no flag to be nothing but definitions",
    differs: 166,
    modules: defineValue(withConfig)({ config: true }),
    path: "value.config",
    expected: true,
  },
  {
    title: "A definition in the form of a module is definitions all the same",
    differs: 167,
    modules: defineValue(withConfig)({ config: untyped({ config: true }) }),
    error: "type-mismatch",
    blames: "value.config",
  },
  {
    title: "A definition that is a module may declare options",
    check: 169,
    modules: defineValue(types.submodule({ imports: [inner] }))(outer),
    path: "value.outer",
    expected: true,
  },
  {
    title: "Modules and plain definitions of one submodule add up",
    modules: defineValue(types.submodule({ imports: [inner] }))(outer, { inner: true }),
    path: "value",
    expected: { inner: true, outer: true },
  },
  {
    title: "A submodule describes itself",
    check: 170,
    modules: defineValue(types.submodule({ imports: [inner] }))(outer),
    read: (evaluation) => evaluation.options()[0]?.type,
    expected: "submodule",
  },
  {
    title: "A submodule may be made of a whole module, and a definition may add options to it",
    check: 172,
    modules: defineValue(types.submodule({ imports: [inner] }))(outer),
    path: "value.outer",
    expected: true,
  },
  {
    title: "A submodule made of a whole module describes itself",
    check: 173,
    modules: defineValue(types.submodule({ imports: [inner] }))(outer),
    read: (evaluation) => evaluation.options()[0]?.type,
    expected: "submodule",
  },
  {
    title: "A submodule knows which module defines its options",
    check: 179,
    modules: [defining(declareValue(telling))({ value: { value: 10 } }, "the-file")],
    path: "value.internalFiles",
    expected: ["the-file"],
  },
  {
    title: "A variant has what is defined in it, and not what is defined around it",
    differs: 267,
    modules: [defining(family)({ attrs: { a: 1 }, variants: { foo: { attrs: { b: 1 } } } })],
    path: "variants.foo.attrs",
    expected: { b: 1 },
  },
  {
    title: "Variants may hold variants",
    differs: 268,
    modules: [
      defining(family)({ variants: { foo: { variants: { bar: { attrs: { z: 1 } } } }, bar: { attrs: { y: 1 } } } }),
    ],
    path: "variants.foo.variants.bar.attrs",
    expected: { z: 1 },
  },
  {
    title: "A submodule knows its name, and its options depend on one another",
    modules: [defining(users)({ value: { ada: {}, bob: { name: "bob" } } })],
    path: "value.ada",
    expected: { name: "ada", home: "/home/ada", groups: ["ada"] },
  },
  {
    title: "The config of a submodule contradicts a definition from outside",
    modules: [defining(users)({ value: { ada: { name: "someone else" } } }, "outside")],
    error: "conflicting-definitions",
    blames: "value.ada.name",
  },
  {
    title: "An option of a submodule is computed from another",
    modules: defineValue(doubling)({ one: 4 }),
    path: "value",
    expected: { one: 4, two: 8 },
  },
  {
    title: "An option of a submodule that lacks a value is named with its path",
    modules: defineValue(doubling)({}),
    error: "no-value",
    blames: "value.one",
  },
  {
    title: "What is in submodules can be read to define something else",
    modules: [summary],
    path: "homes",
    expected: ["/home/ada", "/home/bob"],
  },
  {
    title: "A wrong value in a submodule is named with its path and module",
    modules: [defining(users)({ value: { ada: { home: untyped(1) } } }, "outside")],
    error: "type-mismatch",
    blames: "value.ada.home",
    by: ["outside"],
    also: [],
  },
  {
    title: "A wrong value in one submodule does no harm to another",
    modules: [defining(users)({ value: { ada: { groups: untyped(1) }, bob: {} } })],
    path: "value.bob.home",
    expected: "/home/bob",
    despite: ["type-mismatch"],
  },
  {
    title: "A submodule must be a set or a module",
    modules: defineValue(doubling)(untyped(1)),
    error: "not-an-option-set",
    message: /"value" as 1/,
    also: ["no-value"],
  },
  {
    title: "A definition of a submodule by mkMerge counts as its parts",
    modules: defineValue(doubling)(mkMerge([{ one: 1 }, mkIf(false, { one: 2 })])),
    path: "value.two",
    expected: 2,
  },
  {
    title: "An assertion in a submodule names the submodule",
    modules: defineValue(types.attrsOf(asserting))({ ssh: { port: 22 }, web: {} }),
    error: "assertion-failed",
    message: /at "value\.ssh": port 22 belongs to sshd/,
  },
  {
    title: "A warning in a submodule names the submodule",
    modules: defineValue(types.attrsOf(asserting))({ old: { port: 23 } }),
    warning: "warning",
    message: /telnet is old at "value\.old"/,
  },
  {
    title: "A submodule that a condition takes away takes its assertion with it",
    modules: defineValue(types.attrsOf(asserting))({ ssh: mkIf(false, { port: 22 }), web: {} }),
    path: "value",
    expected: { web: { port: 80 } },
  },
  {
    title: "A submodule may hold a submodule",
    modules: defineValue(
      types.submodule({ options: { a: option({ type: types.submodule({ options: { b: mkEnableOption("b") } }) }) } }),
    )({ a: { b: true } }),
    path: "value",
    expected: { a: { b: true } },
  },
  {
    title: "Declared twice, a submodule has the options and the config of both",
    modules: [
      declareValue(doubling),
      defining(declareValue(types.submodule({ options: { three: option({ type: types.int, default: 3 }) } })))({
        value: untyped({ one: 1 }),
      }),
    ],
    path: "value",
    expected: { one: 1, two: 2, three: 3 },
  },
  {
    title: "A submodule declared twice with different types of one option is an error with the full path",
    modules: [
      declareValue(types.submodule({ options: { x: option({ type: types.int, default: 1 }) } })),
      declareValue(types.submodule({ options: { x: option({ type: types.str }) } })),
    ],
    error: "already-declared",
    blames: "value.x",
  },
];
