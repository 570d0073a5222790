import { defaultLimits } from "@firn/input";
import { emptyLock, parseLock, renderLock } from "@firn/lock";
import { describe, expect, test } from "vitest";

const parse = (text: string) => parseLock(text, { file: "lockfile.json" });

/** Code, line, column and fact of each problem. */
const problemsOf = (text: string) =>
  parse(text).diagnostics.map(({ code, marks, why }) => {
    const position = marks[0]?.place.position;
    return [code, position?.line, position?.column, why?.[0]];
  });

const commit = "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd";
const integrity = "sha256-6MD2f4o6U5hcIToJFtEexIewKy0pWIcJVEjXpfGvUX0=";

/** A lock whose one input is "core"; the pin starts in line 4, `want` in line 5, its first field in line 6. */
const core = {
  want: { git: "https://git.example/acme/core", semver: "^1.2" },
  version: "1.4.2",
  tag: "v1.4.2",
  tagObject: null,
  commit,
  tree: commit,
  integrity,
};
const withInputs = (inputs: object) => `${JSON.stringify({ lockfileVersion: 1, inputs }, undefined, 2)}\n`;
const withCore = (changes: object) => withInputs({ core: { ...core, ...changes } });
const wanting = (changes: object) => withCore({ want: { ...core.want, ...changes } });
const git = { git: "https://git.example/acme/core" };

describe("parseLock accepts", () => {
  test.each([
    ["no inputs", withInputs({})],
    ["a version", withCore({})],
    ["the object of a tag", withCore({ tagObject: commit })],
    ["an override", withCore({ overriddenBy: "." })],
    ["what is below an input", withInputs({ core, "core/log": core, "core/log/deep": { follows: "" } })],
    ["a path", withInputs({ local: { want: { path: "./modules/local" } }, "local/core": { follows: "core" } })],
    ["names that every object has", withInputs({ constructor: core, "constructor/valueOf": { follows: "core" } })],
    ["lines that end as on Windows", withCore({}).replaceAll("\n", "\r\n")],
    ["one line and any order", JSON.stringify({ inputs: { core }, lockfileVersion: 1 })],
  ])("%s", (_, text) => {
    expect(problemsOf(text)).toStrictEqual([]);
    expect(parse(text).lock?.lockfileVersion).toBe(1);
  });

  test("no input that the text does not name, whatever its name", () => {
    expect(parse(renderLock(emptyLock)).lock?.inputs["constructor"]).toBeUndefined();
  });
});

describe("parseLock refuses what is no JSON, at the line and column", () => {
  // Text, line, column, fact.
  test.each([
    ["", 1, 1, "it ends too early"],
    ["{", 1, 2, "it ends too early"],
    ['{\n  "lockfileVersion": 1,\n}', 3, 1, "here must be a key in quotes"],
    ["{ lockfileVersion: 1 }", 1, 3, "here must be a key in quotes"],
    ['{ "lockfileVersion" 1 }', 1, 21, 'here must be ":"'],
    ['{ "lockfileVersion": 1\n  "inputs": {} }', 2, 3, 'here must be "," or "}"'],
    ['{ "lockfileVersion": 01 }', 1, 22, "here must be a value"],
    ['{ "lockfileVersion": 1, "inputs": {} } x', 1, 40, "something follows its end"],
    ['{ "lockfileVersion": 1, "inputs": {"a\nb": 1} }', 1, 36, "this is no string of JSON"],
    ['{ "a": "\\x" }', 1, 8, "this is no string of JSON"],
    ["[1, 2", 1, 6, "it ends too early"],
    ["[1; 2]", 1, 3, 'here must be "," or "]"'],
    ["\uFEFF{}", 1, 1, "here must be a value"],
    ["// a comment\n{}", 1, 1, "here must be a value"],
    ["[".repeat(100_000), 1, 34, "it is nested too deeply"],
  ])("%j", (text, line, column, fact) => {
    expect(problemsOf(text)).toStrictEqual([["bad-lock", line, column, `The text is wrong here: ${fact}`]]);
  });

  test("a key that stands twice, since readers and programs would see different ones", () => {
    const twice = withCore({}).replace('      "tree"', `      "commit": "${commit}",\n      "tree"`);
    expect(problemsOf(twice)).toStrictEqual([["bad-lock", 13, 7, 'The text is wrong here: "commit" stands twice']]);
  });
});

describe("parseLock refuses a whole", () => {
  // Text, line, column, fact.
  test.each([
    ["[]", 1, 1, "It is no object"],
    ["null", 1, 1, "It is no object"],
    ['{ "version": 1, "inputs": {} }', 1, 1, '"lockfileVersion" is missing'],
    ['{ "lockfileVersion": "1", "inputs": {} }', 1, 22, '"lockfileVersion" is no format that there is'],
    ['{ "lockfileVersion": 0, "inputs": {} }', 1, 22, '"lockfileVersion" is no format that there is'],
    ['{ "inputs": 3,\n"lockfileVersion": 2 }', 2, 20, "It is in format 2, and this Firn reads format 1"],
    ['{ "lockfileVersion": 1 }', 1, 1, '"inputs" is missing'],
    ['{ "lockfileVersion": 1, "inputs": [] }', 1, 35, '"inputs" is no object'],
    ['{ "lockfileVersion": 1, "inputs": {},\n "x": 1 }', 2, 2, 'A lock has no field "x"'],
  ])("%s", (text, line, column, fact) => {
    expect(problemsOf(text)).toStrictEqual([["bad-lock", line, column, fact]]);
  });
});

describe("parseLock refuses a pin", () => {
  // What is wrong, text, line, column, fact.
  test.each([
    ["null", withInputs({ core: null }), 4, 13, "The pin is no object"],
    ["a list", withInputs({ core: [] }), 4, 13, "The pin is no object"],
    ["nothing in it", withInputs({ core: { commit, tree: commit, integrity } }), 4, 13, '"want" is missing'],
    ["a field too many", withCore({ extra: 1 }), 15, 7, 'The pin has no field "extra"'],
    ["no commit", withCore({ commit: undefined }), 4, 13, '"commit" is missing'],
    ["no tree", withCore({ tree: undefined }), 4, 13, '"tree" is missing'],
    ["no integrity", withCore({ integrity: undefined }), 4, 13, '"integrity" is missing'],
    ["a number as commit", withCore({ commit: 4 }), 12, 17, '"commit" is not a string'],
    ["a short commit", withCore({ commit: "4cc75d1" }), 12, 17, '"commit" is no id of an object of git'],
    [
      "a commit in capitals",
      withCore({ commit: commit.toUpperCase() }),
      12,
      17,
      '"commit" is no id of an object of git',
    ],
    ["a bad tree", withCore({ tree: "g".repeat(40) }), 13, 15, '"tree" is no id of an object of git'],
    ["a bad tag object", withCore({ tagObject: "x" }), 11, 20, '"tagObject" is no id of an object of git'],
    [
      "another hash",
      withCore({ integrity: "sha1-x" }),
      14,
      20,
      '"integrity" is not "sha256-" and the base64 of 32 bytes',
    ],
    [
      "a hash of 33 bytes",
      withCore({ integrity: integrity.replace("0=", "1=") }),
      14,
      20,
      '"integrity" is not "sha256-" and the base64 of 32 bytes',
    ],
    ["a short version", withCore({ version: "1.4" }), 9, 18, '"version" is no version'],
    ["a version with v", withCore({ version: "v1.4.2" }), 9, 18, '"version" is no version'],
    ["a version with a space", withCore({ version: "1.4.2 " }), 9, 18, '"version" is no version'],
    [
      "a bad tag",
      withCore({ tag: "-v1" }),
      10,
      14,
      '"tag" is no name of a branch or tag: it starts with "-", which git would take for an option',
    ],
    [
      "no tag object",
      withCore({ tagObject: undefined }),
      4,
      13,
      'The pin has "version" and "tag", but not all of version, tag and tagObject',
    ],
    [
      "only a tag",
      withCore({ version: undefined, tagObject: undefined }),
      4,
      13,
      'The pin has "tag", but not all of version, tag and tagObject',
    ],
    ["a bad override", withCore({ overriddenBy: "a//b" }), 15, 23, '"overriddenBy" is no path of an input'],
    ["an empty override", withCore({ overriddenBy: "" }), 15, 23, '"overriddenBy" is no path of an input'],
    ["a requirement that is text", withCore({ want: "core" }), 5, 15, '"want" is not an object'],
    ["a requirement without address", withCore({ want: {} }), 5, 15, '"want.git" is missing'],
    ["an unknown field of a requirement", wanting({ x: 1 }), 8, 9, '"want" has no field "x"'],
    ["a path and an address", wanting({ path: "./a" }), 8, 9, '"want" has no field "path"'],
    [
      "a bad address",
      wanting({ git: "ext::sh" }),
      6,
      16,
      '"want.git" is no address of a repository: it has "::", by which git runs programs of its own',
    ],
    ["a bad range", wanting({ semver: "latest" }), 7, 19, '"want.semver" is no range of versions'],
    [
      "a bad ref",
      wanting({ semver: undefined, ref: "a b" }),
      7,
      16,
      '"want.ref" is no name of a branch or tag: it has " "',
    ],
    ["a bad rev", wanting({ semver: undefined, rev: "main" }), 7, 16, '"want.rev" is no id of an object of git'],
    ["a range and a ref", wanting({ ref: "main" }), 5, 15, '"want" has "semver" and "ref", of which one is enough'],
    [
      "a folder that leaves",
      wanting({ dir: "../x" }),
      8,
      16,
      '"want.dir" is no folder of a repository: names with slashes between them',
    ],
    [
      "a folder from the root",
      wanting({ dir: "/x" }),
      8,
      16,
      '"want.dir" is no folder of a repository: names with slashes between them',
    ],
    [
      "a bad prefix",
      wanting({ tagPrefix: "a b" }),
      8,
      22,
      '"want.tagPrefix" cannot start the name of a tag: it has " "',
    ],
    ["submodules false", wanting({ submodules: false }), 8, 23, '"want.submodules" is not true'],
    ["flake true", wanting({ flake: true }), 8, 18, '"want.flake" is not false'],
    [
      "an absolute path",
      withInputs({ core: { want: { path: "/etc" } } }),
      6,
      17,
      '"want.path" is no path that starts with "./" or "../"',
    ],
    [
      "a path with a commit",
      withInputs({ core: { want: { path: "./a" }, commit } }),
      8,
      7,
      'The pin has no field "commit"',
    ],
    ["a bad follows", withInputs({ core: { follows: "a/" } }), 5, 18, '"follows" is no path of an input'],
    ["follows and a requirement", withInputs({ core: { follows: "", ...git } }), 6, 7, 'The pin has no field "git"'],
    ["a bad name", withInputs({ "a b": core }), 4, 5, '"a b" is no path of an input'],
    ["an empty name", withInputs({ "": core }), 4, 5, '"" is no path of an input'],
    [
      "a name that changes objects",
      withInputs({ x: core }).replace('"x"', '"__proto__"'),
      4,
      5,
      '"__proto__" is no path of an input',
    ],
    ["no parent", withInputs({ "core/log": { follows: "" } }), 4, 5, 'The lock has no input "core"'],
    [
      "a parent that follows",
      withInputs({ core: { follows: "x" }, "core/log": { follows: "" } }),
      7,
      5,
      '"core" follows another input and has none of its own',
    ],
  ])("%s", (_, text, line, column, fact) => {
    expect(problemsOf(text)).toStrictEqual([["bad-lock", line, column, fact]]);
  });

  test("each with a problem of its own, all at once", () => {
    const text = withInputs({ a: { ...core, commit: "x", tree: "y" }, b: null });
    expect(parse(text).lock).toBeUndefined();
    expect(parse(text).diagnostics.map(({ message, fix }) => [message, fix])).toStrictEqual([
      ['Cannot use the pin of "a"', 'Remove the entry "a", then run: firn lock'],
      ['Cannot use the pin of "a"', 'Remove the entry "a", then run: firn lock'],
      ['Cannot use the pin of "b"', 'Remove the entry "b", then run: firn lock'],
    ]);
  });
});

describe("parseLock keeps limits", () => {
  const pathOf = (depth: number) => Array.from({ length: depth }, () => "a").join("/");
  const chain = (depth: number) =>
    withInputs(Object.fromEntries(Array.from({ length: depth }, (_, index) => [pathOf(index + 1), core])));
  const many = (count: number) =>
    withInputs(Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, { follows: "" }])));
  const limits = { ...defaultLimits, lockFileBytes: 60 };

  test("of names in a path", () => {
    expect(problemsOf(chain(16))).toStrictEqual([]);
    expect(problemsOf(chain(17)).map(([code, , column]) => [code, column])).toStrictEqual([["input-too-large", 5]]);
  });

  test("of inputs", () => {
    expect(problemsOf(many(2000))).toStrictEqual([]);
    expect(problemsOf(many(2001))).toStrictEqual([
      ["input-too-large", 3, 13, "It has 2001 inputs, and 2000 are the most"],
    ]);
  });

  test("of bytes, not of characters", () => {
    const text = '{ "lockfileVersion": 1, "inputs": {} }';
    const pad = (padding: string) =>
      parseLock(text + padding, { file: "l", limits }).diagnostics.map(({ code }) => code);
    expect(pad(" ".repeat(22))).toStrictEqual([]);
    expect(pad(" ".repeat(23))).toStrictEqual(["input-too-large"]);
    expect(pad("é".repeat(12))).toStrictEqual(["input-too-large"]);
  });
});
