import { mkForce, mkIf, mkMerge } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const settings = defineModule({
  name: "settings",
  options: {
    dict: option({ type: types.attrsOf(types.str), default: {} }),
    bottom: option({ type: types.anything, default: null }),
  },
});

const nodes = defineModule({
  options: {
    base: option({ type: types.deferredModule }),
    nodes: option({ type: types.attrsOf(types.submodule({})) }),
  },
});

const contributing = defineModule({
  name: "contributing",
  imports: [settings],
  config({ config }, define) {
    define({ dict: { a: config.dict["b"] ?? "none" } });
  },
});

const network = defineModule({
  imports: [nodes],
  config({ config }, define) {
    define({ base: settings });
    define({ base: contributing });
    define({ nodes: { foo: mkMerge([config.base, untyped({ dict: { b: "beta" } })]) } });
    define({
      nodes: {
        foo: defineModule({
          imports: [settings],
          config({ config: node }, give) {
            give({ dict: { c: node.dict["a"] ?? "none" } });
          },
        }),
      },
    });
  },
});

const using = defineModule({
  imports: [nodes],
  config({ config }, define) {
    define({ nodes: { foo: config.base } });
  },
});

/** Modules as values. */
export const deferredModuleCases: readonly TestCase[] = [
  {
    title: "What several modules contribute to a deferred module reaches whoever uses it",
    check: 176,
    modules: [network],
    path: "nodes.foo.dict.c",
    expected: "beta",
  },
  {
    title: "A deferred module is a module or a set of options, and no function",
    check: 178,
    modules: [defining(declareValue(types.deferredModule))({ value: untyped(() => true) }, "erring")],
    error: "type-mismatch",
    message: /"module"/,
    by: ["erring"],
  },
  {
    title: "Nothing in a deferred module is evaluated before somebody uses it",
    modules: [defining(nodes)({ base: { unknown: { name: 1 } } })],
    path: "nodes",
    expected: {},
  },
  {
    title: "What is wrong in a deferred module shows where it is used, and names who wrote it",
    modules: [using, defining(nodes)({ base: settings }), defining(nodes)({ base: { dict: 1 } }, "erring")],
    error: "type-mismatch",
    blames: "nodes.foo.dict",
    by: ["erring"],
  },
  {
    title: "A name that is not there in a deferred module is found where it is used",
    modules: [using, defining(nodes)({ base: settings }), defining(nodes)({ base: { dictt: {} } }, "erring")],
    error: "unknown-option",
    blames: "nodes.foo.dictt",
  },
  {
    title: "A forced deferred module discards the others",
    modules: [using, defining(nodes)({ base: mkForce(settings) }), defining(nodes)({ base: { unknown: 1 } })],
    path: "nodes.foo.dict",
    expected: {},
  },
  {
    title: "A conditional contribution to a deferred module may be left out",
    modules: [using, defining(nodes)({ base: settings }), defining(nodes)({ base: mkIf(false, { dict: { a: "a" } }) })],
    path: "nodes.foo.dict",
    expected: {},
  },
  {
    title: "A deferred module that nobody contributes to is empty",
    modules: [using],
    path: "nodes.foo",
    expected: {},
  },
  {
    title: "A set of options given to a deferred module keeps its wrappers",
    modules: [
      using,
      defining(nodes)({ base: settings }),
      defining(nodes)({ base: { dict: { a: mkForce("forced") } } }),
      defining(nodes)({ base: { dict: { a: "plain" } } }),
    ],
    path: "nodes.foo.dict.a",
    expected: "forced",
  },
  {
    title: "A deferred module must not be a list",
    modules: defineValue(types.deferredModule)(untyped([])),
    error: "type-mismatch",
  },
];
