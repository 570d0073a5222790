import { expect, test } from "vitest";
import { isLinkInside } from "./link-target.ts";

/** Each: where the link is, its target, whether it stays inside. Beside it are the links here -> ., up -> sub/.., loop -> loop, out -> ../x. */
test.each([
  ["a", "b", true],
  ["a", "sub/b", true],
  ["sub/a", "../b", true],
  ["sub/a", "../sub/./b", true],
  ["sub/deep/a", "../../b", true],
  ["a", "not/there", true],
  ["a", "here/here/b", true],
  ["a", "up/b", true],
  ["a", ".", true],
  ["a", "sub/..", true],
  ["a", "/b", false],
  ["a", "", true],
  ["a", "..", false],
  ["sub/a", "../..", false],
  ["sub/a", "../../b", false],
  ["a", "not/../../there", false],
  ["a", "here/..", false],
  ["a", "up/..", false],
  ["a", "out", false],
  ["a", "loop", false],
])("isLinkInside says of %s -> %j: %s", (path, target, expected) => {
  const links = new Map([
    ["here", "."],
    ["up", "sub/.."],
    ["loop", "loop"],
    ["out", "../x"],
    [path, target],
  ]);
  expect(isLinkInside(path, links)).toBe(expected);
});
