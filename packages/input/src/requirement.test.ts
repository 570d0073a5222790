import {
  describeRequirement,
  isGitRequirement,
  isSameRequirement,
  normalizeRequirement,
  type Requirement,
} from "@firn/input";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const git = "https://git.example/core";

describe("normalizeRequirement", () => {
  test.each<[string, Requirement, Requirement]>([
    [
      "keeps what says something",
      { git, semver: "^1", dir: "a/b", tagPrefix: "b@" },
      { git, semver: "^1", dir: "a/b", tagPrefix: "b@" },
    ],
    ["drops the prefix that follows from the folder", { git, dir: "a/b", tagPrefix: "a/b/" }, { git, dir: "a/b" }],
    ["drops an empty prefix without a folder", { git, tagPrefix: "" }, { git }],
    ["keeps an empty prefix beside a folder", { git, dir: "a", tagPrefix: "" }, { git, dir: "a", tagPrefix: "" }],
    ["cleans the folder", { git, dir: "./a//b/./" }, { git, dir: "a/b" }],
    ["drops the folder that is the whole repository", { git, dir: "." }, { git }],
    ["drops an empty folder", { git, dir: "" }, { git }],
    [
      "keeps submodules and flake where they differ from what holds anyway",
      { git, flake: false, submodules: true },
      { git, submodules: true, flake: false },
    ],
    ["cleans a path", { path: "./a//./b/" }, { path: "./a/b" }],
    ["keeps a path that leads up", { path: "../a/", flake: false }, { path: "../a", flake: false }],
    ["cleans a path that leads up behind a dot", { path: "./../a" }, { path: "../a" }],
    ["keeps two dots that begin a name", { path: "./..a" }, { path: "./..a" }],
  ])("%s", (_criterion, given, expected) => {
    expect(normalizeRequirement(given)).toStrictEqual(expected);
  });

  test("puts the fields in one order", () => {
    const normalized = normalizeRequirement({
      flake: false,
      submodules: true,
      tagPrefix: "x",
      dir: "a",
      semver: "*",
      git,
    });
    expect(Object.keys(normalized)).toStrictEqual(["git", "semver", "dir", "tagPrefix", "submodules", "flake"]);
  });

  test("changes nothing the second time", () => {
    const folder = fc.array(fc.constantFrom("a", "..", ".", "", "b"), { maxLength: 5 }).map((parts) => parts.join("/"));
    const requirement: fc.Arbitrary<Requirement> = fc.oneof(
      fc.record(
        { git: fc.constant(git), dir: folder, tagPrefix: fc.constantFrom("", "a/", "x") },
        { requiredKeys: ["git"] },
      ),
      folder.map((path) => ({ path: `./${path}` })),
    );
    fc.assert(
      fc.property(requirement, (given) => {
        const once = normalizeRequirement(given);
        expect(normalizeRequirement(once)).toStrictEqual(once);
        expect(isSameRequirement(given, once)).toBe(true);
      }),
    );
  });
});

test("isSameRequirement tells requirements apart that mean something else", () => {
  expect(isSameRequirement({ git, dir: "a" }, { dir: "a/", git, tagPrefix: "a/" })).toBe(true);
  expect(isSameRequirement({ git, dir: "a" }, { git, dir: "a", tagPrefix: "" })).toBe(false);
  expect(isSameRequirement({ git, ref: "main" }, { git, semver: "main" })).toBe(false);
  expect(isSameRequirement({ path: "./a" }, { path: "./a", flake: false })).toBe(false);
});

test("isGitRequirement tells a repository from a folder", () => {
  expect([isGitRequirement({ git }), isGitRequirement({ path: "./a" })]).toStrictEqual([true, false]);
});

test.each<[Requirement, string]>([
  [{ git, semver: "^1.2" }, "^1.2 of https://git.example/core"],
  [{ git, ref: "main", dir: "a" }, "main of https://git.example/core (a)"],
  [{ git, rev: "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd" }, "4cc75d1b76f8 of https://git.example/core"],
  [{ git }, "the default branch of https://git.example/core"],
  [{ path: "./a" }, "./a"],
])("describeRequirement says %j in a few words", (requirement, words) => {
  expect(describeRequirement(requirement)).toBe(words);
});
