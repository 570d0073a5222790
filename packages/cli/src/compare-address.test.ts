import { expect, test } from "vitest";
import { compareAddress } from "./compare-address.ts";

const before = { tag: "v1.0.0", commit: "a".repeat(40) };
const after = { commit: "b".repeat(40) };

test.each([
  ["https://github.com/acme/core.git", "https://github.com/acme/core/compare/v1.0.0...bbbbbbbbbbbb"],
  ["git@github.com:acme/core.git", "https://github.com/acme/core/compare/v1.0.0...bbbbbbbbbbbb"],
  ["ssh://git@gitlab.com:22/acme/sub/core", "https://gitlab.com/acme/sub/core/-/compare/v1.0.0...bbbbbbbbbbbb"],
  ["https://codeberg.org/acme/core/", "https://codeberg.org/acme/core/compare/v1.0.0...bbbbbbbbbbbb"],
  ["https://bitbucket.org/acme/core", "https://bitbucket.org/acme/core/branches/compare/bbbbbbbbbbbb..v1.0.0"],
  ["https://git.example/acme/core", undefined],
  ["file:///srv/github.com/core", undefined],
])("compareAddress knows how the forge of %s names a comparison", (git, expected) => {
  expect(compareAddress(git, before, after)).toBe(expected);
});
