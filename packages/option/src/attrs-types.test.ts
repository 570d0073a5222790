import { mkDefault, mkForce, mkIf, mkMerge } from "@firn/definition";
import { baseTypes as types, combineTypes } from "@firn/option";
import { expect, test } from "vitest";
import { mergeAll } from "../test/memory-site.ts";
import { observeFacts, type TypeFacts } from "../test/type-facts.ts";

const numbers = types.attrsOf(types.int);
const ownProto = (value: unknown): unknown => JSON.parse(`{ "__proto__": ${JSON.stringify(value)} }`);

test.each<TypeFacts>([
  {
    type: numbers,
    description: "attribute set of signed integer",
    accepts: [{}, { a: 1 }, Object.create(null)],
    refuses: [[], "a", null, undefined, new Map(), new Date(), () => ({})],
    schema: { type: "object", additionalProperties: { type: "integer" } },
  },
  {
    type: types.attrsOf(numbers),
    description: "attribute set of (attribute set of signed integer)",
    accepts: [{ a: { b: 1 } }],
    refuses: [[]],
    schema: { type: "object", additionalProperties: { type: "object", additionalProperties: { type: "integer" } } },
  },
  {
    type: types.attrs,
    description: "attribute set",
    accepts: [{}, { a: [1] }],
    refuses: [[], 1, null],
    schema: { type: "object" },
  },
])("$description", (facts) => expect(observeFacts(facts)).toEqual(facts));

test.each([
  ["nothing", numbers, [], { value: {} }],
  ["name by name", numbers, [{ a: 1 }, { b: 2 }], { value: { a: 1, b: 2 } }],
  ["the same name twice", types.attrsOf(types.lines), [{ a: "1" }, { a: "2" }], { value: { a: "1\n2" } }],
  ["the strongest of a name", numbers, [{ a: 1, b: 1 }, { a: mkForce(2) }], { value: { a: 2, b: 1 } }],
  ["the strongest set", numbers, [{ a: 1 }, mkForce({ b: 2 })], { value: { b: 2 } }],
  ["a plain set over a default", numbers, [mkDefault({ a: 1 }), { b: 2 }], { value: { b: 2 } }],
  ["names whose condition holds", numbers, [{ a: mkIf(false, 1), b: mkIf(true, 2) }], { value: { b: 2 } }],
  ["what stands for several sets", numbers, [mkMerge([{ a: 1 }, mkIf(true, { b: 2 })])], { value: { a: 1, b: 2 } }],
  [
    "names of JavaScript itself",
    numbers,
    [ownProto(1), { constructor: 2 }],
    { value: Object.assign(ownProto(1) as object, { constructor: 2 }) },
  ],
  ["what is no set", numbers, [[1]], { problems: ["type-mismatch it"] }],
  [
    "wrong members, by their names",
    numbers,
    [{ a: "1", "b.c": 2.5 }],
    { problems: ["type-mismatch it.a", 'type-mismatch it."b.c"'] },
  ],
  ["members that contradict", numbers, [{ a: 1 }, { a: 2 }], { problems: ["conflicting-definitions it.a"] }],
  ["attrs by name, the last wins", types.attrs, [{ a: 1, b: [1] }, { b: [2] }], { value: { a: 1, b: [2] } }],
])("sets merge: %s", (_, type, values, merged) => expect(mergeAll(type, ...values)).toEqual(merged));

test.each([numbers, types.attrs, types.anything])("no name reaches the prototype: %#", (type) => {
  const merged = Reflect.get(mergeAll(type, ownProto(1)), "value");
  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  expect(Object.keys(merged)).toEqual(["__proto__"]);
});

test("members are documented under the placeholder", () => {
  const parts = (type: typeof numbers) => type.members?.map(({ part }) => part);
  expect(parts(numbers)).toEqual(["<name>"]);
  expect(parts(types.attrsOf(types.int, { placeholder: "user" }))).toEqual(["<user>"]);
});

const users = types.attrsOf(types.int, { placeholder: "user" });
const hosts = types.attrsOf(types.int, { placeholder: "host" });

test.each([
  ["sets of the same", numbers, numbers, "<name>"],
  ["sets of what does not combine", numbers, types.attrsOf(types.str), undefined],
  ["a placeholder and none", users, numbers, "<user>"],
  ["two placeholders", users, hosts, undefined],
  ["attrs with attrsOf", types.attrs, numbers, undefined],
])("two declarations combine: %s", (_, a, b, part) => {
  expect(combineTypes(a, b)?.members?.[0]?.part).toBe(part);
  expect(combineTypes(b, a)?.members?.[0]?.part).toBe(part);
});
