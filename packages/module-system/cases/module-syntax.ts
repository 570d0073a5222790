import { lazy, mkIf, mkMerge } from "@firn/definition";
import { defineModule, evaluate, mkEnableOption, types } from "@firn/module-system";
import { option } from "@firn/option";
import { defining, unread, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const enabling = defineModule({ name: "enabling", options: { enable: mkEnableOption("it") } });

const makeEnabled = (value: boolean) => defining(enabling)({ enable: value });

const importing = (value: unknown) => defineModule({ name: "importer", imports: [untyped(value)] });

const words = defineModule({
  name: "words",
  options: { meta: { foo: option({ type: types.listOf(types.str) }) }, result: option({ type: types.str }) },
  config({ config }, define) {
    define({ result: config.meta.foo.join(" ") });
  },
});

/** What a module may hold, and what it may not. */
export const moduleSyntaxCases: readonly TestCase[] = [
  {
    title: "An option may be called meta and is defined once",
    check: 1,
    modules: [words, defining(words)({ meta: { foo: ["one", "two"] } })],
    path: "result",
    expected: "one two",
  },
  {
    title: "A definition of the whole configuration must be a set, also below a condition",
    check: 2,
    modules: [enabling, defining(enabling)(mkIf(true, untyped(true)), "no set")],
    error: "not-an-option-set",
    message: /as true: it is a set of options/,
    by: ["no set"],
  },
  {
    title: "A definition of a set of options must be a set",
    modules: [words, defining(words)({ meta: untyped(["a"]) }, "no set")],
    error: "not-an-option-set",
    blames: "meta",
    advice: /foo/,
  },
  {
    title: "A condition around a set of options must be a boolean",
    modules: [enabling, defining(enabling)(mkIf(untyped("yes"), { enable: true }))],
    error: "bad-condition",
    message: /"yes" as the condition/,
  },
  {
    title: "What defineModule does not take is an error, for whoever does not ask the compiler",
    modules: [defineModule(untyped({ name: "importer", import: [enabling] }))],
    error: "bad-module",
    advice: /Did you mean "imports"\?/,
    by: ["importer"],
  },
  {
    title: "The type of an argument must be a type",
    modules: [defineModule(untyped({ name: "importer", args: { domain: "string" } }))],
    error: "not-a-type",
    advice: /Write types\.str/,
    by: ["importer"],
  },
  {
    title: "Imports that depend on the configuration are not imports",
    modules: [defineModule(untyped({ name: "importer", imports: () => [enabling] }))],
    error: "bad-module",
    message: /as the imports of a module: expected a list of modules/,
    by: ["importer"],
  },
  {
    title: "Something tagged as something else is not a module",
    check: 313,
    modules: [importing({ _type: "flake" })],
    error: "not-a-module",
    by: ["importer"],
  },
  {
    title: "The result of an evaluation is not a module",
    check: 315,
    modules: [importing(evaluate({ modules: [] }))],
    error: "not-a-module",
    message: /the result of an evaluation/,
    by: ["importer"],
  },
  {
    title: "Whoever imports the result of an evaluation is told to import its modules",
    check: 316,
    modules: [importing(evaluate({ modules: [] }))],
    error: "not-a-module",
    advice: /Import the modules that make up the configuration/,
  },
  {
    title: "A list of modules is not a module, and the fix says to spread it",
    modules: [importing([enabling])],
    error: "not-a-module",
    message: /a list/,
    advice: /\[\.\.\.list\]/,
  },
  {
    title: "A function is not a module",
    modules: [importing(() => enabling)],
    error: "not-a-module",
    message: /a function/,
  },
  {
    title: "An import that is undefined tells of files that import each other",
    modules: [importing(undefined)],
    error: "not-a-module",
    advice: /circle of imports/,
  },
  {
    title: "Something that is no module is refused among the modules to evaluate too",
    modules: [untyped({ enable: true })],
    error: "not-a-module",
  },
  {
    title: "A field that modules do not have is an error, with the one that is meant",
    modules: [defineModule(untyped({ name: "misspelt", option: { enable: mkEnableOption("it") } }))],
    error: "bad-module",
    message: /"option"/,
    advice: /"options"/,
    by: ["misspelt"],
  },
  {
    title: "A definition that stands among the fields of a module is told to go into config",
    modules: [defineModule(untyped({ name: "shorthand", services: { nginx: { enable: true } } }))],
    error: "bad-module",
    message: /"services"/,
    advice: /define\(\{ services: … \}\)/,
  },
  {
    title: "Imports must be a list",
    modules: [defineModule(untyped({ imports: enabling }))],
    error: "bad-module",
    message: /the imports of a module/,
  },
  {
    title: "The config of a module must be a function",
    modules: [defineModule(untyped({ config: { enable: true } }))],
    error: "bad-module",
    message: /the config of a module/,
  },
  {
    title: "A config function that returns definitions is told to give them to define",
    modules: [enabling, defineModule({ name: "returning", config: untyped(() => ({ enable: true })) })],
    error: "config-returned",
    by: ["returning"],
    advice: /define\(\{ … \}\)/,
  },
  {
    title: "A config function cannot be asynchronous",
    modules: [defineModule({ name: "waiting", config: untyped(async () => undefined) })],
    error: "config-returned",
    message: /asynchronous/,
  },
  {
    title: "What a config function throws is an error that names the module",
    modules: [
      defineModule({
        name: "throwing",
        config() {
          throw new Error("no disk");
        },
      }),
    ],
    error: "config-threw",
    message: /"throwing": no disk/,
    by: ["throwing"],
  },
  {
    title: "A function that throws because a value is not there yet runs again when it is",
    modules: [
      defineModule({
        imports: [enabling],
        config({ config, options }, define) {
          if (!options.enable.definitions.some(({ value }) => value === true)) throw new Error("too early");
          define({ twice: config.enable });
        },
        options: { twice: option({ type: types.bool }) },
      }),
      defining(enabling)({ enable: true }),
    ],
    path: "twice",
    expected: true,
  },
  {
    title: "What a function defined before it threw counts",
    modules: [
      enabling,
      defineModule({
        imports: [enabling],
        config(_given, define) {
          define({ enable: true });
          throw new Error("later");
        },
      }),
    ],
    path: "enable",
    expected: true,
    despite: ["config-threw"],
  },
  {
    title: "The configuration cannot be assigned to",
    modules: [
      enabling,
      defineModule({
        imports: [enabling],
        config({ config }) {
          Object.assign(config, { enable: true });
        },
      }),
    ],
    error: "config-changed-value",
    blames: "enable",
    advice: /define/,
  },
  {
    title: "A read of an option that does not exist is an error with the nearest name",
    modules: [
      enabling,
      defineModule({
        imports: [enabling],
        config({ config }, define) {
          define({ enable: untyped(Reflect.get(config, "enabel")) });
        },
      }),
    ],
    error: "unknown-read",
    blames: "enabel",
    advice: /"enable"/,
  },
  {
    title: "Several define calls and mkMerge count alike, in their order",
    modules: [
      words,
      defineModule({
        imports: [words],
        config(_given, define) {
          define({ meta: { foo: ["a"] } });
          define(mkMerge([{ meta: { foo: ["b"] } }, { meta: { foo: ["c"] } }]));
          define({ meta: { foo: ["d"] } });
        },
      }),
    ],
    path: "result",
    expected: "a b c d",
  },
  {
    title: "A whole definition may be lazy",
    modules: [enabling, defining(enabling)(lazy(() => ({ enable: true })))],
    path: "enable",
    expected: true,
  },
  {
    title: "A lazy value below a false condition is not computed",
    modules: [enabling, defining(enabling)({ enable: mkIf(false, lazy(unread)) })],
    path: "enable",
    expected: false,
  },
  {
    title: "A module can be made by a function; made twice, it is two modules",
    check: 110,
    modules: [defineModule({ imports: [makeEnabled(true)], disabledModules: [makeEnabled(true)] })],
    path: "enable",
    expected: true,
  },
];
