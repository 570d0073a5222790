import { renderPath } from "@firn/diagnostic";
import { expect, test } from "vitest";

test.each([
  [[], ""],
  [["a", "b-c", "_d"], "a.b-c._d"],
  [["list", "0"], "list.0"],
  [["a.b", "c d"], '"a.b"."c d"'],
  [["", "-a", "0a", 'a"b', "ä"], '""."-a"."0a"."a\\"b"."ä"'],
])("renderPath of %j is %s", (path, text) => {
  expect(renderPath(path)).toBe(text);
});
