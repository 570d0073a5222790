import { mkDefinition, mkForce, mkIf, mkMerge, mkOptionDefault } from "@firn/definition";
import type { Place } from "@firn/diagnostic";
import { defineModule, mkEnableOption, type Module, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const conflict = defineModule({
  name: "file",
  options: { conflict: option({ type: types.int, default: 1 }) },
  config(_given, define) {
    define({ conflict: mkDefinition("other", mkOptionDefault(42)) });
  },
});
const viaConfig = declareValue(types.bool);

const direct = defineModule({ name: "direct", options: { straight: mkEnableOption("it") } });
const generated = defineModule({
  name: "generated",
  options: Object.fromEntries(["made"].map((name) => [name, mkEnableOption(name)])),
});
const submodule = defineModule({
  name: "submodule",
  options: {
    sub: option({
      type: types.submodule({ name: "inside", options: { inner: option({ type: types.bool, default: false }) } }),
    }),
  },
});
const below = defineModule({ name: "below", options: { sub: { added: mkEnableOption("it") } } });
const nested = defineModule({ name: "nested", options: { set: { deep: mkEnableOption("it") } } });

/** Where an option says that it is declared: the module, the line in this file if one is known, and the way within the object there. */
const declaredAt =
  (path: string) =>
  (evaluation: {
    options(): readonly {
      readonly path: readonly string[];
      readonly declarations: readonly { readonly place: Place }[];
    }[];
  }): unknown =>
    evaluation
      .options()
      .find((entry) => entry.path.join(".") === path)
      ?.declarations.map(({ place }) => ({
        by: place.label,
        here: isHere(place),
        property: place.property?.join("."),
      }));

function isHere(place: Place): boolean {
  return /\/places\.ts:\d+:\d+/.test(place.capture?.stack ?? "");
}

const fates = (evaluation: { explain(path: readonly string[]): unknown }) =>
  (
    evaluation.explain(["value"]) as {
      definitions: { value: unknown; fate: string; module: string; priority: number }[];
    }
  ).definitions.map(({ value, fate, module, priority }) => [module, value, priority, fate]);

const reader = (declaring: Module<{ readonly value: unknown }>) => declaring;

/** Where declarations and definitions come from. */
export const placeCases: readonly TestCase[] = [
  {
    title: "A conflict shows the module of the default and the place given to a definition",
    check: 359,
    modules: [conflict],
    error: "conflicting-definitions",
    by: ["file", "other"],
  },
  {
    title: "A wrong value shows the place that was given to it",
    modules: defineValue(types.int)(mkDefinition("other", untyped("a"))),
    error: "type-mismatch",
    by: ["other"],
  },
  {
    title: "A value with a place given to it is that value",
    check: 361,
    modules: [defining(viaConfig)({ value: mkDefinition("other", true) })],
    path: "value",
    expected: true,
  },
  {
    title: "Several values with places given to them merge",
    check: 362,
    modules: [defining(viaConfig)({ value: mkMerge([mkDefinition("file", true), mkDefinition("other", true)]) })],
    path: "value",
    expected: true,
  },
  {
    title: "A declaration knows its module, its line, and the way from there",
    check: 325,
    modules: [direct],
    read: declaredAt("straight"),
    expected: [{ by: "direct", here: true, property: "options.straight" }],
  },
  {
    title: "A declaration made by a function knows its module",
    check: 327,
    modules: [generated],
    read: declaredAt("made"),
    expected: [{ by: "generated", here: true, property: "options.made" }],
  },
  {
    title: "A declaration made by a function has the line of its module instead of none",
    differs: 328,
    modules: [generated],
    read: declaredAt("made"),
    expected: [{ by: "generated", here: true, property: "options.made" }],
  },
  {
    title: "A declaration in a submodule knows its line",
    check: 330,
    modules: [submodule],
    read: declaredAt("sub.inner"),
    expected: [{ by: "inside", here: true, property: "options.inner" }],
  },
  {
    title: "A submodule with an option declared below it is declared by both modules",
    check: 331,
    modules: [submodule, below],
    read: declaredAt("sub"),
    expected: [
      { by: "submodule", here: true, property: "options.sub" },
      { by: "below", here: true, property: "options.sub" },
    ],
  },
  {
    title: "A declaration in a set of options knows its line",
    check: 333,
    modules: [nested],
    read: declaredAt("set.deep"),
    expected: [{ by: "nested", here: true, property: "options.set.deep" }],
  },
  {
    title: "Every definition can be asked what became of it",
    modules: defineValue(types.int)(1, mkForce(2), mkIf(false, 3)),
    read: fates,
    expected: [
      ["second", 2, 50, "used"],
      ["first", 1, 100, "overridden"],
      ["third", 3, 100, "condition"],
    ],
  },
  {
    title: "A default is a definition like others",
    modules: [reader(defineModule({ name: "declaring", options: { value: option({ type: types.int, default: 1 }) } }))],
    read: fates,
    expected: [["declaring", 1, 1500, "used"]],
  },
  {
    title: "A module without a name is shown by its key",
    modules: [defineModule({ key: "my-key", options: { value: option({ type: types.int, default: untyped("a") }) } })],
    error: "type-mismatch",
    by: ["my-key"],
  },
];
