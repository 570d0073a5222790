import { mkDefault, mkForce, mkIf } from "@firn/definition";
import {
  defineModule,
  mkAliasOptionModule,
  mkChangedOptionModule,
  mkEnableOption,
  mkMergedOptionModule,
  mkRemovedOptionModule,
  mkRenamedOptionModule,
  type Module,
  types,
} from "@firn/module-system";
import { option } from "@firn/option";
import { defining, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const enable = defineModule({ options: { enable: mkEnableOption("it") } });
const alias = defineModule({ imports: [enable, mkAliasOptionModule(["enableAlias"], ["enable"])] });

const target = defineModule({ options: { c: { d: { e: option({ type: types.int, default: 0 }) } } } });
const renamed = defineModule({ imports: [target, mkRenamedOptionModule(["a", "b"], ["c", "d", "e"])] });

const list = defineModule({ options: { list: option({ type: types.listOf(types.int), default: [] }) } });
const renamedList = defineModule({ imports: [list, mkRenamedOptionModule(["old"], ["list"])] });

const removed = defineModule({ imports: [enable, mkRemovedOptionModule(["gone"], "Use enable instead")] });
const changed = defineModule({
  imports: [enable, mkChangedOptionModule(["mode"], ["enable"], (mode: string) => mode === "on")],
});
const merged = defineModule({
  options: { sum: option({ type: types.int, default: 0 }) },
  imports: [
    mkMergedOptionModule(
      [["one"], ["two"]],
      ["sum"],
      ([one, two]: readonly (number | undefined)[]) => (one ?? 0) + (two ?? 0),
    ),
  ],
});

const foos = defineModule({
  options: {
    services: {
      foos: option({
        type: types.attrsOf(types.submodule({ options: { bar: option({ type: types.str, default: "" }) } })),
        default: {},
      }),
    },
  },
});
const renamedIntoMember = defineModule({
  imports: [foos, mkRenamedOptionModule(["services", "foo", "bar"], ["services", "foos", "", "bar"])],
});

/** An option `value` that is a submodule made of a module and its renames. */
const within = (module: Module) =>
  defineModule({ options: { value: option({ type: types.submodule({ imports: [module] }) }) } });
const define = (module: Module, definitions: unknown, name?: string) => defining(module)(untyped(definitions), name);

/** Options with other names: aliases, renamed, changed, merged and removed ones. */
export const renameCases: readonly TestCase[] = [
  {
    title: "A definition by the alias is one of the option",
    modules: [define(alias, { enableAlias: true })],
    path: "enable",
    expected: true,
  },
  {
    title: "Reading the alias reads the option",
    check: 137,
    modules: [define(alias, { enableAlias: true })],
    read: ({ config }) => Reflect.get(Object(config), "enableAlias"),
    expected: true,
  },
  {
    title: "A forced definition by the alias wins over a plain one of the option",
    check: 138,
    modules: [define(alias, { enableAlias: mkForce(false) }), define(enable, { enable: true })],
    path: "enable",
    expected: false,
  },
  {
    title: "An alias that nobody defines has the default of the option",
    modules: [alias],
    read: ({ config }) => Reflect.get(Object(config), "enableAlias"),
    expected: false,
  },
  {
    title: "An alias is no part of the configuration as a value",
    modules: [define(alias, { enableAlias: true })],
    path: [],
    expected: { enable: true },
  },
  {
    title: "A definition by the old name counts for the new one",
    check: 318,
    modules: [define(renamed, { a: { b: 1234 } })],
    path: "c.d.e",
    expected: 1234,
    warns: ["renamed-option"],
  },
  {
    title: "A definition by the old name is a warning that names both and its module",
    check: 319,
    modules: [define(renamed, { a: { b: 1234 } }, "old style")],
    warning: "renamed-option",
    message: /The option "a\.b" was renamed to "c\.d\.e"/,
    blames: "a.b",
    by: ["old style"],
  },
  { title: "An old name that nobody uses gives no warning", modules: [renamed], path: "c.d.e", expected: 0 },
  {
    title: "An old name in a false condition gives no warning",
    modules: [define(renamed, mkIf(false, { a: { b: 1 } }))],
    path: "c.d.e",
    expected: 0,
  },
  {
    title: "A default by the old name keeps its priority",
    modules: [define(renamed, { a: { b: mkDefault(1) } }), define(target, { c: { d: { e: 2 } } })],
    path: "c.d.e",
    expected: 2,
    warns: ["renamed-option"],
  },
  {
    title: "Lists by the old and the new name merge",
    modules: [define(renamedList, { old: [1] }), define(list, { list: [2] })],
    path: "list",
    expected: [1, 2],
    warns: ["renamed-option"],
  },
  {
    title: "A wrong value by the old name is blamed at the new one, and at the line that gave it",
    modules: [define(renamed, { a: { b: "text" } }, "old style")],
    error: "type-mismatch",
    blames: "c.d.e",
    by: ["old style"],
  },
  {
    title: "Definitions by the old and the new name can contradict each other",
    modules: [define(renamed, { a: { b: 1 } }, "old"), define(target, { c: { d: { e: 2 } } }, "new")],
    error: "conflicting-definitions",
    blames: "c.d.e",
    by: ["old", "new"],
  },
  {
    title: "A new name that does not exist is an error",
    modules: [define(defineModule({ imports: [mkRenamedOptionModule(["a"], ["nowhere"])] }), { a: 1 })],
    error: "unknown-option",
    blames: "nowhere",
  },
  {
    title: "An option renamed into a member makes no member unless it is defined",
    check: 321,
    modules: [renamedIntoMember],
    read: (evaluation) => ({
      foos: evaluation.value(["services", "foos"]),
      isDefined: evaluation.option(["services", "foo", "bar"])?.isDefined,
    }),
    expected: { foos: {}, isDefined: false },
  },
  {
    title: "An option renamed into a member reads that of the member",
    check: 322,
    modules: [define(foos, { services: { foos: { "": { bar: "baz" } } } }), renamedIntoMember],
    read: ({ config }) => (config as { services: { foo: { bar: unknown } } }).services.foo.bar,
    expected: "baz",
  },
  {
    title: "An option renamed into a member makes the member when it is defined",
    modules: [define(renamedIntoMember, { services: { foo: { bar: "baz" } } })],
    path: "services.foos",
    expected: { "": { bar: "baz" } },
    warns: ["renamed-option"],
  },
  {
    title: "A definition of a removed option is an error that says what to do",
    modules: [define(removed, { gone: 1 }, "outdated")],
    error: "removed-option",
    message: /"gone": the option was removed/,
    advice: /Use enable instead/,
    by: ["outdated"],
  },
  { title: "A removed option that nobody defines does no harm", modules: [removed], path: "enable", expected: false },
  {
    title: "A definition of a removed option in a false condition does no harm",
    modules: [define(removed, { gone: mkIf(false, 1), enable: true })],
    path: "enable",
    expected: true,
  },
  {
    title: "Reading a removed option is an error",
    modules: [
      removed,
      defineModule({
        imports: [removed],
        config({ config }, give) {
          give({ enable: Boolean(Reflect.get(config, "gone")) });
        },
      }),
    ],
    error: "removed-option",
    blames: "gone",
  },
  {
    title: "A changed option converts each definition, with a warning",
    modules: [define(changed, { mode: "on" })],
    path: "enable",
    expected: true,
    warns: ["renamed-option"],
  },
  {
    title: "A changed option converts what is in wrappers, and keeps the priority",
    modules: [define(changed, { mode: mkForce(mkIf(true, "off")) }), define(enable, { enable: true })],
    path: "enable",
    expected: false,
    warns: ["renamed-option"],
  },
  {
    title: "What a changed option was converted to is checked",
    modules: [enable, define(mkChangedOptionModule(["mode"], ["enable"], String), { mode: true }, "outdated")],
    error: "type-mismatch",
    blames: "enable",
    by: ["outdated"],
  },
  {
    title: "Merged options become one",
    modules: [define(merged, { one: 1, two: 2 })],
    path: "sum",
    expected: 3,
    warns: ["renamed-option", "renamed-option"],
  },
  {
    title: "One of the merged options is enough",
    modules: [define(merged, { two: 2 })],
    path: "sum",
    expected: 2,
    warns: ["renamed-option"],
  },
  { title: "Merged options that nobody defines leave the default", modules: [merged], path: "sum", expected: 0 },
  {
    title: "A rename works in a submodule, with a warning",
    modules: [define(within(renamed), { value: { a: { b: 5 } } })],
    path: "value.c.d.e",
    expected: 5,
    warns: ["renamed-option"],
  },
  {
    title: "The warning of a rename in a submodule names the full paths",
    modules: [define(within(renamed), { value: { a: { b: 5 } } })],
    warning: "renamed-option",
    message: /"value\.a\.b" was renamed to "value\.c\.d\.e"/,
  },
  {
    title: "A removed option of a submodule is an error with its full path",
    modules: [define(within(removed), { value: { gone: 1 } })],
    error: "removed-option",
    blames: "value.gone",
  },
  {
    title: "A changed option works in a submodule",
    modules: [define(within(changed), { value: { mode: "on" } })],
    path: "value.enable",
    expected: true,
    warns: ["renamed-option"],
  },
  {
    title: "Merged options work in a submodule",
    modules: [define(within(merged), { value: { one: 1, two: 2 } })],
    path: "value.sum",
    expected: 3,
    warns: ["renamed-option", "renamed-option"],
  },
  {
    title: "An alias works in a submodule",
    modules: [define(within(alias), { value: { enableAlias: true } })],
    path: "value.enable",
    expected: true,
  },
];
