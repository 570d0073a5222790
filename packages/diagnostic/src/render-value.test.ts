import { renderValue } from "@firn/diagnostic";
import { expect, test } from "vitest";

const refuse = (): never => {
  throw new Error("no");
};
const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;
const marked = (mark: string, fields: object = {}) => ({ ...fields, [Symbol.for(mark)]: true });

test.each([
  ["text", '"text"'],
  ['two\nlines, "quoted"', String.raw`"two\nlines, \"quoted\""`],
  [null, "null"],
  [undefined, "undefined"],
  [Number.NaN, "NaN"],
  [5n, "5n"],
  [Symbol("s"), "Symbol(s)"],
  [() => 1, "a function"],
  [Math.max, "the function max"],
  [[], "[]"],
  [{}, "{}"],
  [Object.create(null), "{}"],
  [[1, [2, [3, [4]]]], "[1, [2, [3, […]]]]"],
  [{ "a-b": 1, c: { d: 2 } }, '{ "a-b": 1, c: { d: 2 } }'],
  [cyclic, "{ self: { self: { self: {…} } } }"],
  [[1, 2, 3, 4, 5, 6, 7], "[1, 2, 3, 4, 5, 6, …]"],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }, "{ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, … }"],
  [new Date(0), "a value of class Date"],
  [marked("firn.Module"), "a module"],
  [marked("firn.Option"), "an option declaration"],
  [marked("firn.OptionType"), "a type"],
  [marked("firn.Wrapped", { kind: "if" }), "a wrapped value"],
  [marked("firn.Wrapped", { kind: "lazy" }), "a lazy value"],
])("renderValue renders on one short line: %#", (value, text) => {
  expect(renderValue(value)).toBe(text);
});

test.each([
  ["a getter that throws", Object.defineProperty({}, "a", { get: refuse, enumerable: true })],
  ["a list with one", Object.defineProperty([1], "0", { get: refuse })],
  ["a proxy without names", new Proxy({}, { ownKeys: refuse })],
  ["a proxy without prototype", new Proxy({}, { getPrototypeOf: refuse })],
  ["a revoked proxy", revoked({})],
  ["an object whose class is lost", Object.create({ constructor: undefined })],
])("renderValue says that it cannot show %s", (_, value) => {
  expect(renderValue(value)).toBe("a value that cannot be shown");
});

test("renderValue shows what it can around a part that throws", () => {
  const value = { port: 80, broken: Object.defineProperty({}, "a", { get: refuse, enumerable: true }) };
  expect(renderValue(value)).toBe("{ port: 80, broken: a value that cannot be shown }");
});

test.each([
  ["a name that throws", () => Object.defineProperty(() => 1, "name", { get: refuse }), /cannot be shown/],
  ["a name that is no text", () => Object.defineProperty(() => 1, "name", { value: 5 }), /^a function$/],
])("renderValue renders a function with %s", (_, make, text) => {
  expect(renderValue(make())).toMatch(text);
});

test("renderValue cuts what is long", () => {
  expect(renderValue("x".repeat(1000))).toMatch(/^"x{70}…$/);
});

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}
