import type { Requirement } from "@firn/input";
import { describePin, isPinValid, type Pin } from "@firn/lock";
import { expect, test } from "vitest";

const git = "https://git.example/core";
const commit = "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd";
const files = { commit, tree: commit, integrity: `sha256-${"A".repeat(43)}=` };
const versioned = (semver: string, version: string): Pin => ({
  want: { git, semver },
  version,
  tag: `v${version}`,
  tagObject: null,
  ...files,
});
const plain = (want: Requirement): Pin => ({ want, ...files });

// What is shown, the pin, the requirement, whether it is valid.
test.each<readonly [string, Pin, Requirement, boolean]>([
  ["a version in the range", versioned("^1.2", "1.4.2"), { git, semver: "^1.2" }, true],
  ["the same range for another reason", versioned("^1.2", "1.4.2"), { git, semver: "^1.3" }, false],
  ["a version below the range", versioned("^1.2", "1.1.0"), { git, semver: "^1.2" }, false],
  ["a prerelease that is not named", versioned("^1.2", "1.3.0-rc.1"), { git, semver: "^1.2" }, false],
  ["a prerelease that is named", versioned("^1.3.0-rc.0", "1.3.0-rc.1"), { git, semver: "^1.3.0-rc.0" }, true],
  ["a prerelease of another version", versioned("^1.2.0-rc.0", "1.3.0-rc.1"), { git, semver: "^1.2.0-rc.0" }, false],
  ["no version", plain({ git, semver: "^1.2" }), { git, semver: "^1.2" }, false],
  ["no tag", { ...versioned("^1.2", "1.4.2"), tag: undefined } as unknown as Pin, { git, semver: "^1.2" }, false], // Wrong on purpose.
  ["a version nobody asked for", { ...versioned("", "1.4.2"), want: { git } }, { git }, false],
  ["the default branch", plain({ git }), { git }, true],
  ["a branch", plain({ git, ref: "main" }), { git, ref: "main" }, true],
  ["another branch", plain({ git, ref: "main" }), { git, ref: "next" }, false],
  ["another address", plain({ git }), { git: `${git}2` }, false],
  ["submodules", plain({ git }), { git, submodules: true }, false],
  ["no flake", plain({ git, flake: false }), { git }, false],
  ["another folder", plain({ git, dir: "a" }), { git, dir: "b" }, false],
  ["the same folder", plain({ git, dir: "a" }), { git, dir: "./a/" }, true],
  ["another prefix", plain({ git, tagPrefix: "a" }), { git, tagPrefix: "b" }, false],
  ["the commit", plain({ git, rev: commit }), { git, rev: commit }, true],
  ["another commit", plain({ git, rev: "0".repeat(40) }), { git, rev: "0".repeat(40) }, false],
  ["a path", { want: { path: "./a" } }, { path: "./a" }, true],
  ["another path", { want: { path: "./a" } }, { path: "./b" }, false],
  ["a path with a commit", plain({ path: "./a" }), { path: "./a" }, false],
  ["an address without commit", { want: { git } } as unknown as Pin, { git }, false], // Wrong on purpose.
  ["one that follows", { follows: "core" }, { git }, false],
])("isPinValid: %s", (_, pin, want, isValid) => {
  expect(isPinValid(pin, want)).toBe(isValid);
});

test.each<readonly [Pin, string]>([
  [versioned("^1.2", "1.4.2"), "1.4.2"],
  [plain({ git, ref: "main" }), "main at 4cc75d1b76f8"],
  [plain({ git }), "4cc75d1b76f8"],
  [{ follows: "core" }, "follows core"],
  [{ follows: "" }, "follows the flake itself"],
  [{ want: { path: "./sub" } }, "./sub"],
])("describePin of %j is %j", (pin, text) => {
  expect(describePin(pin)).toBe(text);
});
