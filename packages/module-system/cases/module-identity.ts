import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const enabling = defineModule({ name: "enabling", key: "declare-enable", options: { enable: mkEnableOption("it") } });
const enabled = defineModule({
  name: "enabled",
  key: "define-enable",
  config: untyped((_given: unknown, define: (definitions: unknown) => void) => define({ enable: true })),
});

const disabling = (...disabledModules: unknown[]) =>
  defineModule({ name: "disabling", disabledModules: untyped(disabledModules) });

const foo = defineModule({ name: "foo", imports: [enabling] });
const bar = defineModule({ name: "bar", imports: [enabling] });
const main = defineModule({ name: "main", imports: [foo, bar], config: untyped(enabled.settings.config) });

const lines = declareValue(types.lines);
const pear = defining(lines)({ value: "pear" });

const isolated = (key: unknown, ...disabled: string[]) =>
  declareValue(
    types.submodule({
      imports: [
        enabling,
        defineModule({ key: untyped(key), config: untyped(enabled.settings.config) }),
        disabling(...disabled),
      ],
    }),
  );

const first = defineModule({ key: "same", options: { one: option({ type: types.int, default: 1 }) } });
const second = defineModule({ key: "same", options: { two: option({ type: types.int, default: 2 }) } });

const importedByOne: unknown[] = [];
const one = defineModule({ name: "one", imports: untyped(importedByOne), config: untyped(pear.settings.config) });
importedByOne.push(defineModule({ name: "two", imports: [one, lines] }));

/** Which modules are one, and which are left out. */
export const moduleIdentityCases: readonly TestCase[] = [
  {
    title: "Nothing is disabled by itself",
    check: 111,
    modules: [enabled, enabling],
    path: "enable",
    expected: true,
  },
  {
    title: "A module is disabled by its key",
    check: 113,
    modules: [enabled, enabling, disabling("define-enable")],
    path: "enable",
    expected: false,
  },
  {
    title: "A module is disabled by itself",
    modules: [enabled, enabling, disabling(enabled)],
    path: "enable",
    expected: false,
  },
  {
    title: "Definitions of an option whose declaration is disabled are errors",
    check: 114,
    modules: [enabled, enabling, disabling(enabling)],
    error: "unknown-option",
    blames: "enable",
    by: ["enabled"],
  },
  {
    title: "Declaration and definition can both be disabled by their keys",
    check: 116,
    modules: [enabled, enabling, disabling("define-enable", "declare-enable")],
    absent: "enable",
  },
  {
    title: "A module with a key takes part like any other",
    check: 117,
    modules: [isolated("enabling-it")],
    path: "value.enable",
    expected: true,
  },
  {
    title: "A module of a submodule is disabled by its key",
    modules: [isolated("enabling-it", "enabling-it")],
    path: "value.enable",
    expected: false,
  },
  {
    title: "An object that is no module cannot be disabled",
    check: 119,
    modules: [disabling({})],
    error: "cannot-disable-module",
    by: ["disabling"],
  },
  {
    title: "Nothing undefined can be disabled",
    modules: [disabling(undefined)],
    error: "cannot-disable-module",
  },
  {
    title: "A key that is a number is an identity like another",
    check: 120,
    modules: [isolated(123)],
    path: "value.enable",
    expected: true,
  },
  {
    title: "A key that nothing has disables nothing",
    modules: [enabled, enabling, disabling("unheard-of")],
    path: "enable",
    expected: true,
  },
  {
    title: "What another module also imports stays when one importer is disabled",
    check: 181,
    modules: [main, disabling(foo)],
    path: "enable",
    expected: true,
  },
  {
    title: "So it does when the other importer is disabled",
    check: 182,
    modules: [main, disabling(bar)],
    path: "enable",
    expected: true,
  },
  {
    title: "What only disabled modules import goes with them",
    modules: [main, disabling(foo, bar)],
    error: "unknown-option",
    blames: "enable",
  },
  {
    title: "A module can disable itself",
    modules: [
      enabling,
      defineModule({ key: "self", disabledModules: ["self"], config: untyped(enabled.settings.config) }),
    ],
    path: "enable",
    expected: false,
  },
  {
    title: "A disabled module still disables others",
    modules: [enabling, enabled, defineModule({ key: "disabler", disabledModules: [enabled] }), disabling("disabler")],
    path: "enable",
    expected: false,
  },
  {
    title: "A module imported twice is one module",
    differs: 324,
    modules: [pear, defineModule({ imports: [pear] }), pear],
    path: "value",
    expected: "pear",
  },
  {
    title: "Two modules alike are two modules",
    modules: [pear, defining(lines)({ value: "pear" })],
    path: "value",
    expected: "pear\npear",
  },
  {
    title: "Of two modules with one key the first counts",
    modules: [first, second],
    path: [],
    expected: { one: 1 },
  },
  {
    title: "Modules that import each other are each taken once",
    modules: [one],
    path: "value",
    expected: "pear",
  },
  {
    title: "The graph shows what imports what, and what is disabled",
    check: 135,
    modules: [
      defineModule({ name: "empty" }),
      defineModule({ name: "a", imports: [defineModule({ name: "leaf" })], disabledModules: ["b"] }),
      defineModule({ name: "b", key: "b", imports: [defineModule({ key: "explicit-key" })] }),
    ],
    read: ({ graph }) =>
      graph.map(function draw({ name, disabled, imports }): unknown {
        return { name, disabled, imports: imports.map(draw) };
      }),
    expected: [
      { name: "empty", disabled: false, imports: [] },
      { name: "a", disabled: false, imports: [{ name: "leaf", disabled: false, imports: [] }] },
      { name: "b", disabled: true, imports: [{ name: "explicit-key", disabled: false, imports: [] }] },
    ],
  },
];
