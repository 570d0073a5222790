import { mkForce, mkIf } from "@firn/definition";
import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defineValue, defining, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const enabling = defineModule({ name: "enabling", options: { enable: mkEnableOption("it") } });

const asking = defineModule({
  name: "asking",
  imports: [enabling],
  args: { custom: types.bool },
  config({ args }, define) {
    define({ enable: args.custom });
  },
});

const text = declareValue(types.str);

const askingForDomain = defineModule({
  name: "asking",
  imports: [text],
  args: { domain: types.str },
  config({ args }, define) {
    define({ value: args.domain });
  },
});

const withDomain = types.submodule(
  {
    options: { host: option({ type: types.str }) },
    args: { domain: types.str },
    config({ args, name }, define) {
      define({ host: `${name}.${args.domain}` });
    },
  },
  { args: { domain: "example" } },
);

const hosts = declareValue(types.attrsOf(withDomain));

const reading = types.submodule({
  args: { domain: types.str },
  options: { host: option({ type: types.str }) },
  config({ args }, define) {
    define({ host: args.domain });
  },
});

const numbered = types.submodule({
  options: { at: option({ type: types.str }) },
  config({ name }, define) {
    define({ at: name });
  },
});

/** Typed arguments, and what every config function is given. */
export const moduleArgumentCases: readonly TestCase[] = [
  {
    title: "A default in the parameters never hides an argument that is given",
    check: 4,
    modules: [
      enabling,
      defineModule({
        imports: [enabling],
        args: { a: types.bool },
        config({ args: { a = false } }, define) {
          define({ enable: a });
        },
      }),
      defineModule({
        args: { a: types.bool },
        config(_given, define) {
          define({ _module: { args: { a: true } } });
        },
      }),
    ],
    path: "enable",
    expected: true,
  },
  {
    title: "A submodule may have an argument of any name, and modules that define it may ask for it",
    check: 6,
    modules: [
      defining(declareValue(types.submodule({}, { args: { lib: {} } })))({
        value: defineModule({
          args: { lib: types.attrs },
          options: { foo: option({ type: types.str }) },
          config({ args, assert }, define) {
            assert(Object.keys(args.lib).length === 0, "lib is the one that was given");
            define({ foo: mkIf(true, "alright") });
          },
        }),
      }),
    ],
    path: "value.foo",
    expected: "alright",
  },
  {
    title: "An argument that nobody gives is named with the module that asks for it",
    check: 122,
    modules: [asking],
    error: "no-argument",
    message: /"custom"/,
    blames: "_module.args.custom",
  },
  {
    title: "An argument can be given by another module",
    check: 123,
    modules: [asking, defining(asking)({ _module: { args: { custom: true } } })],
    path: "enable",
    expected: true,
  },
  {
    title: "A condition on an argument decides definitions; imports are data and cannot depend on it",
    differs: 125,
    modules: [
      defineModule({
        imports: [enabling],
        args: { custom: types.bool },
        config({ args }, define) {
          if (args.custom) define({ enable: true });
        },
      }),
    ],
    args: { custom: true },
    path: "enable",
    expected: true,
  },
  {
    title: "An argument of a submodule is at hand for its definitions",
    check: 163,
    modules: [hosts, defining(hosts)({ value: { web: {} } })],
    path: "value.web.host",
    expected: "web.example",
  },
  {
    title: "A config function knows the path under which it stands",
    check: 175,
    modules: [
      defining(declareValue(types.submodule({})))({
        value: defineModule({
          options: { ok: option({ type: types.bool }) },
          config({ path }, define) {
            define({ ok: path.join(".") === "value" });
          },
        }),
      }),
    ],
    path: "value.ok",
    expected: true,
  },
  {
    title: "An argument is given with the evaluation",
    modules: [askingForDomain],
    args: { domain: "example" },
    path: "value",
    expected: "example",
  },
  {
    title: "An argument given with the evaluation wins over any definition, forced ones too",
    modules: [askingForDomain, defining(askingForDomain)({ _module: { args: { domain: mkForce("forced") } } })],
    args: { domain: "given" },
    path: "value",
    expected: "given",
  },
  {
    title: "An argument is checked by its type",
    modules: [askingForDomain],
    args: { domain: 1 },
    error: "type-mismatch",
    blames: "_module.args.domain",
  },
  {
    title: "Two definitions of an argument contradict each other",
    modules: [
      askingForDomain,
      defining(askingForDomain)({ _module: { args: { domain: "a" } } }, "first"),
      defining(askingForDomain)({ _module: { args: { domain: "b" } } }, "second"),
    ],
    error: "conflicting-definitions",
    blames: "_module.args.domain",
    by: ["first", "second"],
  },
  {
    title: "A forced definition of an argument wins over another",
    modules: [
      askingForDomain,
      defining(askingForDomain)({ _module: { args: { domain: "a" } } }),
      defining(askingForDomain)({ _module: { args: { domain: mkForce("b") } } }),
    ],
    path: "value",
    expected: "b",
  },
  {
    title: "An argument that no module asks for cannot be defined",
    modules: [text, defining(text)(untyped({ _module: { args: { domain: "a" } } }))],
    error: "unknown-option",
    blames: "_module",
  },
  {
    title: "Arguments given with the evaluation that no module asks for do no harm",
    modules: [enabling],
    args: { domain: "a" },
    path: "enable",
    expected: false,
  },
  {
    title: "A submodule does not see the arguments around it",
    modules: [askingForDomain, defineModule({ options: { inner: option({ type: reading }) } })],
    args: { domain: "outer" },
    error: "no-argument",
    blames: "inner._module.args.domain",
  },
  {
    title: "Two modules may ask for the same argument by the same type",
    modules: [askingForDomain, defineModule({ args: { domain: types.str } })],
    args: { domain: "a" },
    path: "value",
    expected: "a",
  },
  {
    title: "Two modules cannot ask for one argument by types that do not merge",
    modules: [askingForDomain, defineModule({ args: { domain: types.int } })],
    args: { domain: "a" },
    error: "already-declared",
    blames: "_module.args.domain",
  },
  {
    title: "Arguments are no part of the configuration as a value",
    modules: [askingForDomain],
    args: { domain: "a" },
    path: [],
    expected: { value: "a" },
  },
  {
    title: "A host knows its name",
    modules: [
      defineModule({
        imports: [text],
        config({ name }, define) {
          define({ value: name });
        },
      }),
    ],
    name: "web",
    path: "value",
    expected: "web",
  },
  {
    title: "An element of a list knows its place as its name",
    modules: defineValue(types.listOf(numbered))([{}, {}]),
    path: "value",
    expected: [{ at: "0" }, { at: "1" }],
  },
];
