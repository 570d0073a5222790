import { expect, test } from "vitest";
import { parseOptionPath } from "./option-path.ts";

test.each([
  ["a", ["a"]],
  ["a.b.c", ["a", "b", "c"]],
  ['a."b.c".d', ["a", "b.c", "d"]],
  ['"a \\" b"', ['a " b']],
  ["net-1.*.<name>", ["net-1", "*", "<name>"]],
  [String.raw`a."\u00e4\\"`, ["a", "ä\\"]],
  ['""', [""]],
  ["", []],
])("parseOptionPath parses %s", (text, path) => {
  expect(parseOptionPath(text)).toEqual(path);
});

test.each([".a", "a.", "a..b", '"a', 'a"b"', '"a"b'])("parseOptionPath refuses %s", (text) => {
  expect(() => parseOptionPath(text)).toThrow("Cannot read the option path");
});
