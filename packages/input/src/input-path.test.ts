import { defaultLimits, inputName, isAtOrBelow, isInputName, joinInputPath, parentPath, pathDepth } from "@firn/input";
import * as fc from "fast-check";
import { expect, test } from "vitest";

test.each(["a", "core", "Core-2", "a_b", "constructor"])("isInputName accepts %s", (text) => {
  expect(isInputName(text)).toBe(true);
});

test.each(["", "1a", "-a", "_a", "a/b", "a.b", "..", "a b", "a\n", "é", "__proto__"])(
  "isInputName refuses %j",
  (text) => {
    expect(isInputName(text)).toBe(false);
  },
);

test.each([
  ["", "", ""],
  ["", "a", "a"],
  ["a", "", "a"],
  ["a/b", "c/d", "a/b/c/d"],
])("joinInputPath joins %j and %j to %j", (path, below, joined) => {
  expect(joinInputPath(path, below)).toBe(joined);
});

test.each([
  ["a/b/c", "a/b", "c", 3],
  ["a", "", "a", 1],
  ["", "", "", 0],
])("parentPath, inputName and pathDepth take %j apart", (path, parent, name, depth) => {
  expect([parentPath(path), inputName(path), pathDepth(path)]).toStrictEqual([parent, name, depth]);
});

test("a path is its parent and its name, one deeper", () => {
  const path = fc
    .array(fc.constantFrom("a", "b", "core"), { minLength: 1, maxLength: 5 })
    .map((names) => names.join("/"));
  fc.assert(
    fc.property(path, (one) => {
      expect(joinInputPath(parentPath(one), inputName(one))).toBe(one);
      expect(pathDepth(one)).toBe(pathDepth(parentPath(one)) + 1);
      expect(isAtOrBelow(one, parentPath(one))).toBe(true);
    }),
  );
});

test.each([
  ["a", "a", true],
  ["a/b", "a", true],
  ["a", "", true],
  ["ab", "a", false],
  ["a", "a/b", false],
])("isAtOrBelow compares %j with %j by whole names: %j", (path, other, is) => {
  expect(isAtOrBelow(path, other)).toBe(is);
});

test("defaultLimits are those that the threat model names", () => {
  expect(defaultLimits).toMatchObject({ paths: 2000, depth: 16, flakeFileBytes: 1_048_576, treeBytes: 524_288_000 });
});
