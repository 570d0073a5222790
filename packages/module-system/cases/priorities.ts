import { mkDefault, mkForce, mkIf, mkOptionDefault } from "@firn/definition";
import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, defineValue } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const enabling = defineModule({ options: { enable: mkEnableOption("it") } });
const attrsOfSub = option({
  type: types.attrsOf(types.submodule({ options: { enable: mkEnableOption("it") } })),
  default: {},
});
const sub = defineModule({ imports: [enabling], options: { attrsOfSub } });

const fooOn = defining(sub)({ attrsOfSub: { foo: { enable: true } } });
const fooEmpty = defining(sub)({ attrsOfSub: { foo: {} } });
const barOn = defining(sub)({ attrsOfSub: { bar: { enable: true } } });

const on = defining(sub)({ enable: true });

const whole = defineModule({
  imports: [sub],
  config({ config }, define) {
    define(mkIf(config.enable, { attrsOfSub: { foo: { enable: true } } }));
  },
});
const atOption = defineModule({
  imports: [sub],
  config({ config }, define) {
    define({ attrsOfSub: mkIf(config.enable, { foo: { enable: true } }) });
  },
});
const atMember = defineModule({
  imports: [sub],
  config({ config }, define) {
    define({ attrsOfSub: { foo: mkIf(config.enable, { enable: true }) } });
  },
});
const atField = defineModule({
  imports: [sub],
  config({ config }, define) {
    define({ attrsOfSub: { foo: { enable: mkIf(config.enable, true) } } });
  },
});

const fields = { x: option({ type: types.int, default: 0 }), y: option({ type: types.int, default: 0 }) };
const point = types.submodule({ options: fields });
const points = types.attrsOf(point);
const lines = declareValue(types.lines);

/** Which of several definitions counts, and how far a priority reaches. */
export const priorityCases: readonly TestCase[] = [
  {
    title: "A definition wins over the default",
    check: 83,
    modules: [on],
    path: "enable",
    expected: true,
  },
  {
    title: "A whole module can be forced",
    check: 84,
    modules: [on, defining(enabling)(mkForce({ enable: false }))],
    path: "enable",
    expected: false,
  },
  { title: "A member that nobody defines is not there", check: 86, modules: [sub], absent: "attrsOfSub.foo" },
  {
    title: "A member that is defined has the defaults of its options",
    check: 87,
    modules: [fooEmpty],
    path: "attrsOfSub.foo.enable",
    expected: false,
  },
  {
    title: "Forcing a whole module reaches the field of a member",
    check: 89,
    modules: [fooOn, defining(sub)(mkForce({ attrsOfSub: { foo: { enable: false } } }))],
    path: "attrsOfSub.foo.enable",
    expected: false,
  },
  {
    title: "Forcing the option reaches the field of a member",
    check: 90,
    modules: [fooOn, defining(sub)({ attrsOfSub: mkForce({ foo: { enable: false } }) })],
    path: "attrsOfSub.foo.enable",
    expected: false,
  },
  {
    title: "Forcing a member reaches its field",
    modules: [fooOn, defining(sub)({ attrsOfSub: { foo: mkForce({ enable: false }) } })],
    path: "attrsOfSub.foo.enable",
    expected: false,
  },
  {
    title: "A field can be forced",
    check: 92,
    modules: [fooOn, defining(sub)({ attrsOfSub: { foo: { enable: mkForce(false) } } })],
    path: "attrsOfSub.foo.enable",
    expected: false,
  },
  { title: "Defining one member makes no other", check: 93, modules: [fooEmpty], absent: "attrsOfSub.bar" },
  {
    title: "Two modules define a member each",
    check: 95,
    modules: [fooEmpty, barOn],
    path: "attrsOfSub",
    expected: { foo: { enable: false }, bar: { enable: true } },
  },
  {
    title: "Forcing a whole module removes the members it does not name",
    check: 96,
    modules: [fooEmpty, barOn, defining(sub)(mkForce({ attrsOfSub: { foo: { enable: false } } }))],
    absent: "attrsOfSub.bar",
  },
  {
    title: "Forcing the option removes the members it does not name",
    modules: [fooEmpty, barOn, defining(sub)({ attrsOfSub: mkForce({ foo: { enable: false } }) })],
    absent: "attrsOfSub.bar",
  },
  {
    title: "Forcing one member leaves the others",
    check: 98,
    modules: [fooEmpty, barOn, defining(sub)({ attrsOfSub: { foo: mkForce({ enable: false }) } })],
    path: "attrsOfSub.bar.enable",
    expected: true,
  },
  {
    title: "Forcing a field leaves the other members",
    check: 99,
    modules: [fooEmpty, barOn, defining(sub)({ attrsOfSub: { foo: { enable: mkForce(false) } } })],
    path: "attrsOfSub.bar.enable",
    expected: true,
  },
  {
    title: "A false condition around a module makes no member",
    check: 101,
    modules: [whole],
    absent: "attrsOfSub.foo",
  },
  {
    title: "A false condition at the option makes no member",
    check: 102,
    modules: [atOption],
    absent: "attrsOfSub.foo",
  },
  { title: "A false condition at a member makes no member", modules: [atMember], absent: "attrsOfSub.foo" },
  {
    title: "A false condition at a field leaves the member with its defaults",
    check: 104,
    modules: [atField],
    path: "attrsOfSub.foo.enable",
    expected: false,
  },
  {
    title: "A true condition around a module counts",
    check: 105,
    modules: [whole, on],
    path: "attrsOfSub.foo.enable",
    expected: true,
  },
  {
    title: "A true condition at the option counts",
    modules: [atOption, on],
    path: "attrsOfSub.foo.enable",
    expected: true,
  },
  {
    title: "A true condition at a member counts",
    check: 107,
    modules: [atMember, on],
    path: "attrsOfSub.foo.enable",
    expected: true,
  },
  {
    title: "A true condition at a field counts",
    check: 108,
    modules: [atField, on],
    path: "attrsOfSub.foo.enable",
    expected: true,
  },
  {
    title: "A default for one field stays when another field is set",
    modules: defineValue(point)(mkDefault({ x: 1 }), { y: 2 }),
    path: "value",
    expected: { x: 1, y: 2 },
  },
  {
    title: "A default for one field of a member stays when another field is set",
    modules: defineValue(points)({ a: mkDefault({ x: 1 }) }, { a: { y: 2 } }),
    path: "value.a",
    expected: { x: 1, y: 2 },
  },
  {
    title: "A default for a whole set of submodules fills in fields",
    modules: defineValue(points)(mkDefault({ a: { x: 1 } }), { a: { y: 2 } }),
    path: "value",
    expected: { a: { x: 1, y: 2 } },
  },
  {
    title: "A default declared for a submodule wins over those that its options declare",
    modules: [defineModule({ options: { value: option({ type: point, default: { x: 1 } }) } })],
    path: "value",
    expected: { x: 1, y: 0 },
  },
  {
    title: "A default declared for a set of submodules wins over those that their options declare",
    modules: [defineModule({ options: { value: option({ type: points, default: { a: { x: 1 } } }) } })],
    path: "value",
    expected: { a: { x: 1, y: 0 } },
  },
  {
    title: "Of defaults declared at several levels the outermost wins",
    modules: [
      defineModule({
        options: {
          value: option({
            type: types.submodule({ options: { inner: option({ type: point, default: { x: 1, y: 1 } }) } }),
            default: { inner: { x: 2 } },
          }),
        },
      }),
    ],
    path: "value.inner",
    expected: { x: 2, y: 1 },
  },
  {
    title: "A default declared for a set of submodules is replaced, not extended",
    modules: [
      defining(defineModule({ options: { value: option({ type: points, default: { a: { x: 1 } } }) } }))({
        value: { b: {} },
      }),
    ],
    path: "value",
    expected: { b: { x: 0, y: 0 } },
  },
  {
    title: "A default for a field gives way to a definition of that field",
    modules: defineValue(point)(mkDefault({ x: 1, y: 1 }), { y: 2 }),
    path: "value",
    expected: { x: 1, y: 2 },
  },
  {
    title: "Forcing one field of a submodule leaves the others",
    modules: defineValue(point)({ x: 1, y: 1 }, { y: mkForce(2) }),
    path: "value",
    expected: { x: 1, y: 2 },
  },
  {
    title: "A default for one field of a submodule that may be null stays",
    modules: defineValue(types.nullOr(point))(mkDefault({ x: 1 }), { y: 2 }),
    path: "value",
    expected: { x: 1, y: 2 },
  },
  {
    title: "A default list is replaced, not extended",
    modules: defineValue(types.listOf(types.int))(mkDefault([1]), [2]),
    path: "value",
    expected: [2],
  },
  {
    title: "A declared default is replaced, not extended",
    modules: [
      defining(defineModule({ options: { list: option({ type: types.listOf(types.int), default: [1] }) } }))({
        list: [2],
      }),
    ],
    path: "list",
    expected: [2],
  },
  {
    title: "mkOptionDefault merges with the declared default",
    modules: [
      defining(defineModule({ options: { list: option({ type: types.listOf(types.int), default: [1] }) } }))({
        list: mkOptionDefault([2]),
      }),
    ],
    path: "list",
    expected: [1, 2],
  },
  {
    title: "Of joined lines the strongest alone count",
    modules: [
      defining(lines)({ value: "a" }),
      defining(lines)({ value: mkForce("b") }),
      defining(lines)({ value: mkForce("c") }),
    ],
    path: "value",
    expected: "b\nc",
  },
  {
    title: "A member can be a default while another is not",
    modules: defineValue(types.attrsOf(types.int))({ a: mkDefault(1), b: 1 }, { a: 2 }),
    path: "value",
    expected: { a: 2, b: 1 },
  },
  {
    title: "A default set of scalars is replaced as a whole",
    modules: defineValue(types.attrsOf(types.int))(mkDefault({ a: 1 }), { b: 2 }),
    path: "value",
    expected: { b: 2 },
  },
];
