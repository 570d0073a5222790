import { lazy, mkForce, mkIf } from "@firn/definition";
import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, unread, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const nothing = defineModule({ name: "nothing" });
const enabling = defineModule({ name: "enabling", options: { enable: mkEnableOption("it") } });
const misplaced = option({ type: types.int });
const three = defineModule({
  options: { foo: mkEnableOption("foo"), bar: mkEnableOption("bar"), baz: mkEnableOption("baz") },
});
const set = defineModule({ options: { set: { enable: mkEnableOption("it") } } });

const service = { enable: mkEnableOption("it"), port: option({ type: types.port, default: 80 }) };
const services = defineModule({
  options: { services: option({ type: types.attrsOf(types.submodule({ options: service })), default: {} }) },
});

const certified = {
  certificate: option({ type: types.path, default: "/a" }),
  certificateKey: option({ type: types.path, default: "/b" }),
};
const nginx = defineModule({
  options: {
    services: {
      nginx: {
        virtualHosts: option({ type: types.attrsOf(types.submodule({ options: { ssl: certified } })), default: {} }),
      },
    },
  },
});

const many = defineModule({
  options: Object.fromEntries(Array.from({ length: 120 }, (_, index) => [`option${index}`, mkEnableOption("it")])),
});

/** Names that no option has. */
export const undeclaredOptionCases: readonly TestCase[] = [
  {
    title: "An option declared among the definitions is told to move, also below a set that no module declares",
    check: 8,
    modules: [defining(nothing)(untyped({ nest: { wrong2: misplaced } }))],
    error: "option-in-config",
    blames: "nest.wrong2",
    advice: /options of the module/,
  },
  {
    title: "An option declared among the definitions of a submodule is told to move",
    check: 9,
    modules: [declareValue(types.submodule({ config: (_given, define) => define(untyped({ wrong2: misplaced })) }))],
    error: "option-in-config",
    blames: "value.wrong2",
  },
  {
    title: "A name that no option has is an error even where its value could not be computed",
    check: 59,
    modules: [defining(nothing)(untyped({ enable: lazy(unread) }), "unknowing")],
    error: "unknown-option",
    blames: "enable",
    by: ["unknowing"],
  },
  {
    title: "A definition that throws while it is made is an error that names its module",
    check: 60,
    modules: [
      defineModule({
        name: "aborting",
        config(_given, define) {
          define(untyped({
            get enable() {
              return unread();
            },
          }));
        },
      }),
    ],
    error: "config-threw",
    by: ["aborting"],
  },
  {
    title: "A name that no option has is an error whatever is read",
    check: 126,
    modules: [defining(enabling)(untyped({ enable: true, attrsOfSub: { foo: {} } }))],
    error: "unknown-option",
    blames: "attrsOfSub",
  },
  {
    title: "A name that no option has does no harm to the others",
    modules: [defining(enabling)(untyped({ enable: true, attrsOfSub: { foo: {} } }))],
    path: "enable",
    expected: true,
    despite: ["unknown-option"],
  },
  {
    title: "A misspelt set of options gets the nearest name",
    check: 396,
    modules: [defining(set)(untyped({ sea: { enable: true } }))],
    error: "unknown-option",
    blames: "sea",
    advice: /Did you mean "set"\?/,
  },
  {
    title: "Up to three near names are given, the nearest first and ties by name",
    check: 397,
    modules: [defining(three)(untyped({ far: true }))],
    error: "unknown-option",
    advice: /Did you mean "bar", "baz" or "foo"\?/,
  },
  {
    title: "A misspelt option of a submodule gets the nearest names with their full paths",
    check: 399,
    modules: [defining(services)({ services: { myservice: untyped({ prot: 9000 }) } })],
    error: "unknown-option",
    blames: "services.myservice.prot",
    advice: /Did you mean "services\.myservice\.port" or "services\.myservice\.enable"\?/,
  },
  {
    title: "Names with dots are quoted in the names suggested",
    check: 400,
    modules: [
      defining(nginx)({
        services: { nginx: { virtualHosts: { "example.com": { ssl: untyped({ certficate: "/c" }) } } } },
      }),
    ],
    error: "unknown-option",
    blames: 'services.nginx.virtualHosts."example.com".ssl.certficate',
    advice:
      /"services\.nginx\.virtualHosts\."example\.com"\.ssl\.certificate" or "services\.nginx\.virtualHosts\."example\.com"\.ssl\.certificateKey"\?/,
  },
  {
    title: "A misspelt option is found below a condition that is false",
    modules: [defining(enabling)(mkIf(false, untyped({ enabel: true })))],
    error: "unknown-option",
    blames: "enabel",
  },
  {
    title: "A misspelt option of a submodule is found below a condition that is false",
    modules: [defining(services)({ services: { web: mkIf(true, untyped({ prot: mkIf(false, 1) })) } })],
    error: "unknown-option",
    blames: "services.web.prot",
  },
  {
    title: "Every misspelt option is reported, not the first alone",
    modules: [defining(three)(untyped({ fooo: true, barr: true }))],
    error: "unknown-option",
    blames: "fooo",
    also: ["unknown-option"],
  },
  {
    title: "A wrapper does not show in the message about a misspelt option",
    modules: [defining(enabling)(untyped({ enabel: mkForce(true) }))],
    error: "unknown-option",
    advice: /Did you mean "enable"\?/,
  },
  {
    title: "Among a hundred names or more only those two edits away are suggested",
    modules: [defining(many)(untyped({ something: true }))],
    error: "unknown-option",
    advice: /No options are declared|Import the module that declares it/,
  },
  {
    title: "An option that many others resemble gets the nearest",
    modules: [defining(many)(untyped({ option119x: true }))],
    error: "unknown-option",
    advice: /Did you mean "option119"/,
  },
  {
    title: "A name below an option whose value is no set is a wrong value, not an unknown option",
    modules: [defining(enabling)({ enable: untyped({ now: true }) })],
    error: "type-mismatch",
    blames: "enable",
  },
  {
    title: "Whoever declares no options at all is told so",
    modules: [defining(nothing)(untyped({ enable: true }))],
    error: "unknown-option",
    advice: /no options at all/,
  },
];
