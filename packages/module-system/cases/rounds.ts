import { lazy, mkDefault, mkForce, mkIf } from "@firn/definition";
import { defineModule, type Module, types } from "@firn/module-system";
import { option } from "@firn/option";
import type { TestCase } from "./test-case.ts";

const int = option({ type: types.int });
const counted = option({ type: types.int, default: 0 });
const ab = defineModule({ name: "ab", options: { a: int, b: int } });
const counts = defineModule({ name: "counts", options: { a: counted, b: counted } });

const endless: Module = defineModule({
  options: {
    tree: option({
      type: types.recursive("tree", () => types.attrsOf(types.submodule({ imports: [endless] }))),
      default: {},
    }),
  },
  config(_given, define) {
    (define as (definitions: unknown) => void)({ tree: { child: {} } });
  },
});

const chain = Array.from({ length: 60 }, (_, index) => `step${index}`);
const steps = defineModule({ options: Object.fromEntries(chain.map((name) => [name, int])) });
const stepping = chain.map((name, index) =>
  defineModule({
    imports: [steps],
    config({ config }, define) {
      define({ [name]: index === 0 ? 1 : (config[`step${index - 1}`] ?? 0) + 1 });
    },
  }),
);

/** What depends on what, and when that goes in a circle. */
export const roundCases: readonly TestCase[] = [
  {
    title: "Two modules read each other's options",
    modules: [
      defineModule({
        imports: [ab],
        config({ config }, define) {
          define({ a: 1 });
          define({ b: config.a + 1 });
        },
      }),
    ],
    path: [],
    expected: { a: 1, b: 2 },
  },
  {
    title: "A chain of sixty modules ends, in whatever order they are listed",
    modules: stepping.toReversed(),
    path: "step59",
    expected: 60,
  },
  {
    title: "A condition may read what the same module defines",
    modules: [
      defineModule({
        imports: [counts],
        config({ config }, define) {
          define({ a: 1 });
          define(mkIf(config.a === 1, { b: 2 }));
        },
      }),
    ],
    path: "b",
    expected: 2,
  },
  {
    title: "One call that gives and needs values uses lazy",
    modules: [
      defineModule({
        imports: [ab],
        config({ config }, define) {
          define({ a: 1, b: lazy(() => config.a + 1) });
        },
      }),
    ],
    path: "b",
    expected: 2,
  },
  {
    title: "A lazy value may be in wrappers, and its content too",
    modules: [
      defineModule({
        imports: [ab],
        config({ config }, define) {
          define({ a: 1, b: mkDefault(lazy(() => mkForce(config.a + 1))) });
        },
      }),
    ],
    path: "b",
    expected: 2,
  },
  {
    title: "A lazy condition may read what its own call defines",
    modules: [
      defineModule({
        imports: [counts],
        config({ config }, define) {
          define({
            a: 1,
            b: mkIf(
              lazy(() => config.a === 1),
              5,
            ),
          });
        },
      }),
    ],
    path: "b",
    expected: 5,
  },
  {
    title: "Two options that need each other are a cycle, named link by link",
    modules: [
      defineModule({
        name: "circular",
        imports: [ab],
        config({ config }, define) {
          define({ a: config.b });
        },
      }),
      defineModule({
        name: "other",
        imports: [ab],
        config({ config }, define) {
          define({ b: config.a });
        },
      }),
    ],
    error: "cycle",
    message: /it depends on itself/,
    advice: /"[ab]" needs "[ab]" needs "[ab]"/,
  },
  {
    title: "An option that is defined by itself is a cycle",
    modules: [
      defineModule({
        imports: [ab],
        config({ config }, define) {
          define({ a: config.a });
        },
      }),
    ],
    error: "cycle",
    blames: "a",
    advice: /"a" needs "a"/,
  },
  {
    title: "A lazy value that needs itself is a cycle",
    modules: [
      defineModule({
        imports: [ab],
        config({ config }, define) {
          define({ a: lazy(() => config.a + 1) });
        },
      }),
    ],
    error: "cycle",
    blames: "a",
  },
  {
    title: "A value that grows by itself is a cycle",
    modules: [
      defineModule({
        imports: [counts],
        config({ config }, define) {
          define({ a: config.a + 1 });
        },
      }),
    ],
    error: "cycle",
    blames: "a",
    advice: /changing/,
  },
  {
    title: "Two values that turn each other over are a cycle",
    modules: [
      defineModule({
        imports: [counts],
        config({ config }, define) {
          define({ a: config.b === 0 ? 1 : 0 });
        },
      }),
      defineModule({
        imports: [counts],
        config({ config }, define) {
          define({ b: config.a });
        },
      }),
    ],
    error: "cycle",
  },
  {
    title: "Options outside a cycle keep their values",
    modules: [
      defineModule({
        imports: [ab],
        config({ config }, define) {
          define({ a: config.a });
        },
      }),
      defineModule({
        imports: [ab],
        config(_given, define) {
          define({ b: 7 });
        },
      }),
    ],
    path: "b",
    expected: 7,
    despite: ["cycle"],
  },
  {
    title: "What waits for an option that has a problem is not reported again",
    modules: [
      defineModule({
        imports: [ab],
        config({ config }, define) {
          define({ b: config.a });
        },
      }),
      defineModule({
        imports: [ab],
        config(_given, define) {
          define({ a: 0.5 });
        },
      }),
    ],
    error: "type-mismatch",
    blames: "a",
  },
  {
    title: "A submodule that defines one of its own kind inside each one is reported, and ends",
    modules: [endless],
    error: "endless-nesting",
    blames: "tree",
  },
];
