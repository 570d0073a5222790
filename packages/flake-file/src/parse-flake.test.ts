import type { Diagnostic } from "@firn/diagnostic";
import { parseFlake } from "@firn/flake-file";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const file = "flake.yaml";

/** Shows each diagnostic as `line:column message`. */
function show(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ marks, message }) => {
    const at = marks[0]?.place.position;
    return `${at?.line}:${at?.column} ${message.replace(/^Cannot /, "")}`;
  });
}

const sha1 = "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd";
const a = "inputs:\n  a: ";
const g = "git: https://g.example/a";

/** Texts, and what is wrong with them: `line:column message` without "Cannot". */
const broken: readonly (readonly [text: string, ...problems: string[]])[] = [
  // What is no YAML, or YAML that a flake has no use for.
  ["a: [1", "1:6 parse flake.yaml: the indentation is not that of the lines around it, or a bracket is not closed"],
  ["inputs:\n  a: b: c", '2:6 parse flake.yaml: there is a second ": " in the line, or the line is indented too far'],
  ["inputs:\n\ta: 1", "2:1 parse flake.yaml: a tab indents the line"],
  ["name: a\n---\nname: b", "2:1 parse flake.yaml: a second document starts"],
  ['name: "a', "1:9 parse flake.yaml: a quotation mark is not closed"],
  ['name: "\\q"', "1:8 parse flake.yaml: invalid escape sequence \\q"],
  ["name: &a x", "1:7 parse flake.yaml: there is an anchor"],
  ["name: *a", "1:7 parse flake.yaml: there is an alias"],
  ["name: !!str x", "1:7 parse flake.yaml: there is a tag"],
  ["%YAML 1.1\n---\nname: x", "1:1 parse flake.yaml: there is a directive"],
  ["? name\n: x", '1:1 parse flake.yaml: there is a key with "?" before it'],
  ["inputs: [,,]", "1:11 parse flake.yaml: there is nothing between two commas"],
  ["inputs: ]", "1:9 parse flake.yaml: a bracket is closed that was not opened"],
  [`name: ${"[".repeat(65)}`, "1:71 parse flake.yaml: it is nested too deeply"],
  ["{ [a]: 1 }", "1:3 parse flake.yaml: a key is not text"],
  ["name: a\nname: b", '2:1 use the key "name" twice'],
  [`inputs:\n  a: { ${g} }\n  b: { ${g} }\n  "a": { ${g} }`, '4:3 use the key "a" twice'],
  ["__proto__: 1", '1:1 use the key "__proto__": JavaScript keeps it to itself'],
  ["inputs: { __proto__: { path: ./a } }", '1:11 use the key "__proto__": JavaScript keeps it to itself'],
  // The top level.
  ["- a", "1:1 use flake.yaml: it is a list, not a map of keys and values"],
  ["# mine\nacme", '2:1 use flake.yaml: it is "acme", not a map of keys and values'],
  ["42", "1:1 use flake.yaml: it is the number 42, not a map of keys and values"],
  ["inptus: {}", '1:1 use the key "inptus" in flake.yaml: there is no such key'],
  ["<<: { name: x }", '1:1 use the key "<<" in flake.yaml: there is no such key'],
  ["name: 1.0", '1:7 use "name": it is the number 1.0, not text'],
  ["name: true", '1:7 use "name": it is true, not text'],
  ["name:", '1:1 use "name": it is empty, not text'],
  ["name: ~", '1:7 use "name": it is empty, not text'],
  ["name: [x]", '1:7 use "name": it is a list, not text'],
  ["name: a\ndescription:\n  of: b", '3:3 use "description": it is a map, not text'],
  ['name: "a\\e[31m"', '1:7 use "name": it has "\\u001b"'],
  ["transports: https", '1:13 use "transports": it is "https", not a list'],
  ["transports: [https, sssh]", '1:21 use "transports.1": it is "sssh"'],
  ["transports:\n- 1", '2:3 use "transports.0": it is the number 1'],
  ["retracted: 1.2.3", '1:12 use "retracted": it is "1.2.3", not a list'],
  ["retracted:\n  - 1.2", '2:5 use "retracted.0": it is the number 1.2, not text'],
  ["retracted: [1.2.3, v1.2.4]", '1:20 use "retracted.1": it is not a version'],
  ["retracted: [1.2.x]", '1:13 use "retracted.0": it is not a version'],
  ["inputs: []", '1:9 use "inputs": it is a list, not a map of keys and values'],
  ["devInputs: a", '1:12 use "devInputs": it is "a", not a map of keys and values'],
  // Inputs: their names, and what they have to say.
  ["inputs:\n  1x: { path: ./a }", '2:3 use input "1x": it is not a name'],
  ["inputs:\n  a/b: { path: ./a }", '2:3 use input "a/b": it is not a name'],
  ["inputs:\n  1: { path: ./a }", '2:3 use input "1": it is not a name'],
  ["inputs:\n  a:", '2:3 use input "a": it is empty, not a map of keys and values'],
  [`${a}https://g.example/a`, '2:6 use input "a": it is "https://g.example/a", not a map of keys and values'],
  [`${a}{}`, '2:3 use input "a": it has none of git, path, follows and apt'],
  [`${a}{ gti: x }`, '2:8 use the key "gti" in input "a": there is no such key'],
  [`${a}{ ${g}, tagprefix: x }`, '2:34 use the key "tagprefix" in input "a": there is no such key'],
  [`inputs: { a: { ${g} } }\ndevInputs: { a: { ${g} } }`, '2:14 use input "a": it is in "inputs" too'],
  [`${a}{ ${g}, path: ./a }`, '2:34 use "path" of input "a": "git" is given, which excludes it'],
  [`${a}{ follows: b, ${g} }`, '2:8 use "follows" of input "a": "git" is given, which excludes it'],
  [`${a}{ path: ./a, follows: b }`, '2:19 use "follows" of input "a": "path" is given, which excludes it'],
  [`${a}{ follows: b, flake: false }`, '2:20 use "flake" of input "a": "follows" is given, which excludes it'],
  [`${a}{ follows: b, inputs: {} }`, '2:20 use "inputs" of input "a": "follows" is given, which excludes it'],
  // Addresses, and what to take of a repository.
  [`${a}{ git: 1 }`, '2:13 use "git" of input "a": it is the number 1, not text'],
  [`${a}{ git: "ext::sh" }`, '2:13 use "git" of input "a": it has "::", by which git runs programs of its own'],
  [
    `${a}{ git: /srv/a }`,
    '2:13 use "git" of input "a": it starts with none of https://, ssh://, git://, http://, file://',
  ],
  [
    `${a}{ git: https://u:p@g.example/a }`,
    '2:13 use "git" of input "a": it has a password, which everybody could read in the lock',
  ],
  [
    `${a}{ ${g}, mirrors: [https://m.example/a, --x] }`,
    '2:65 use "mirrors.1" of input "a": it starts with "-", which git would take for an option',
  ],
  [
    `${a}{ ${g}, mirrors: https://m.example/a }`,
    '2:43 use "mirrors" of input "a": it is "https://m.example/a", not a list',
  ],
  [`${a}{ ${g}, semver: 1.0 }`, '2:42 use "semver" of input "a": it is the number 1.0, not text'],
  [`${a}{ ${g}, semver: }`, '2:34 use "semver" of input "a": it is empty, not text'],
  [`${a}{ ${g}, semver: "" }`, '2:42 use "semver" of input "a": it is empty'],
  [`${a}{ ${g}, semver: latest }`, '2:42 use "semver" of input "a": it is not a range of versions'],
  [`${a}{ ${g}, semver: ^1, ref: main }`, '2:46 use "ref" of input "a": "semver" is given, which excludes it'],
  [`${a}{ ${g}, rev: ${sha1}, semver: ^1 }`, '2:34 use "rev" of input "a": "semver" is given, which excludes it'],
  [`${a}{ ${g}, ref: main, rev: ${sha1} }`, '2:45 use "rev" of input "a": "ref" is given, which excludes it'],
  [`${a}{ ${g}, ref: 2026 }`, '2:39 use "ref" of input "a": it is the number 2026, not text'],
  [`${a}{ ${g}, ref: "a:b" }`, '2:39 use "ref" of input "a": it has ":"'],
  [`${a}{ ${g}, rev: main }`, '2:39 use "rev" of input "a": it is not the whole id of a commit'],
  [`${a}{ ${g}, rev: ${sha1.toUpperCase()} }`, '2:39 use "rev" of input "a": it is not the whole id of a commit'],
  [`${a}{ ${g}, rev: ${"1".repeat(40)} }`, `2:39 use "rev" of input "a": it is the number ${"1".repeat(40)}, not text`],
  [`${a}{ ${g}, dir: /b }`, '2:39 use "dir" of input "a": it is absolute'],
  [`${a}{ ${g}, dir: b/../../c }`, '2:39 use "dir" of input "a": it has ".."'],
  [`${a}{ ${g}, dir: "" }`, '2:39 use "dir" of input "a": it is empty'],
  [`${a}{ ${g}, dir: "a\\nb" }`, '2:39 use "dir" of input "a": it has "\\n"'],
  [`${a}{ ${g}, dir: 'a\\b' }`, '2:39 use "dir" of input "a": it has "\\\\"'],
  [`${a}{ ${g}, tagPrefix: x }`, '2:34 use "tagPrefix" of input "a": it means nothing without "semver"'],
  [`${a}{ ${g}, semver: ^1, tagPrefix: "a b" }`, '2:57 use "tagPrefix" of input "a": it has " "'],
  [`${a}{ ${g}, submodules: yes }`, '2:46 use "submodules" of input "a": it is "yes", not true or false'],
  [`${a}{ ${g}, flake: no }`, '2:41 use "flake" of input "a": it is "no", not true or false'],
  // Folders, and inputs that are other inputs.
  [`${a}{ path: /srv/a }`, '2:14 use "path" of input "a": it is absolute'],
  [`${a}{ path: a }`, '2:14 use "path" of input "a": it starts with neither "./" nor "../"'],
  [`${a}{ path: ~/a }`, '2:14 use "path" of input "a": it starts with neither "./" nor "../"'],
  [`${a}{ path: ./ }`, '2:14 use "path" of input "a": it is the flake itself'],
  [`${a}{ path: "./a\\0" }`, '2:14 use "path" of input "a": it has "\\u0000"'],
  [`${a}{ path: ./a, semver: ^1 }`, '2:19 use "semver" of input "a": it means nothing without "git"'],
  [`${a}{ path: ./a, submodules: true }`, '2:19 use "submodules" of input "a": it means nothing without "git"'],
  [`${a}{ path: ./a, mirrors: [] }`, '2:19 use "mirrors" of input "a": it means nothing without "git"'],
  [`${a}{ follows: /b }`, '2:17 use "follows" of input "a": it is not the path of an input'],
  [`${a}{ follows: b//c }`, '2:17 use "follows" of input "a": it is not the path of an input'],
  [`${a}{ follows: [b, c] }`, '2:17 use "follows" of input "a": it is a list, not text'],
  // Inputs of inputs.
  [`${a}{ ${g}, inputs: { b: {} } }`, '2:44 use input "a/b": it has none of git, path and follows'],
  [`${a}{ ${g}, inputs: [b] }`, '2:42 use "inputs" of input "a": it is a list, not a map of keys and values'],
  [
    `${a}{ ${g}, inputs: { b: { inputs: { c: { semver: 1 } } } } }`,
    '2:59 use input "a/b/c": it has none of git, path and follows',
    '2:64 use "semver" of input "a/b/c": it means nothing without "git"',
    '2:72 use "semver" of input "a/b/c": it is the number 1, not text',
  ],
  [`devInputs:\n  a: { inputs: { b: { follows: c } } }`, '2:3 use input "a": it has none of git, path and follows'],
  [`${a}{ ${g}, inputs: { 1x: { follows: "" } } }`, '2:44 use input "a/1x": it is not a name'],
  // Several at once, carriage returns, other letters.
  [
    `name: 1\ninputs:\n  a: { gti: x }\n  b: { path: /b }\nx: y`,
    '1:7 use "name": it is the number 1, not text',
    '3:8 use the key "gti" in input "a": there is no such key',
    '4:14 use "path" of input "b": it is absolute',
    '5:1 use the key "x" in flake.yaml: there is no such key',
  ],
  ["name: x\r\ninputs:\r\n  a: { path: b }\r\n", '3:14 use "path" of input "a": it starts with neither "./" nor "../"'],
  ['{ name: "🙂é", x: 1 }', '1:16 use the key "x" in flake.yaml: there is no such key'],
];

describe("parseFlake says what is wrong, and where", () => {
  test.each(broken)("%j", (text, ...problems) => {
    const { manifest, diagnostics } = parseFlake(text, { file });
    expect(show(diagnostics)).toStrictEqual(problems);
    expect(new Set(diagnostics.map(({ code, severity }) => `${severity} ${code}`))).toStrictEqual(
      new Set(["error bad-flake"]),
    );
    expect(manifest).toStrictEqual(parseFlake("", { file }).manifest);
  });

  test.each([
    [`${a}{ ${g}, semver: 1.0 }`, 'Write it in quotes: semver: "1.0"'],
    [`${a}{ ${g}, rev: ${"1".repeat(40)} }`, `Write it in quotes: rev: "${"1".repeat(40)}"`],
    ["retracted: [1.20]", 'Write it in quotes: - "1.20"'],
    [`${a}{ gti: x }`, 'Write "git"'],
    ["inptus: {}", 'Write "inputs"'],
    [`${a}{ git: "github:acme/core" }`, "git: https://github.com/acme/core"],
    [`${a}{ ${g}, rev: ${sha1.toUpperCase()} }`, `rev: ${sha1}`],
    [`${a}{ path: a }`, "path: ./a"],
    [`${a}{ path: . }`, 'follows: ""'],
    [`${a}{ path: ./a, follows: b }`, 'Remove "path" or "follows"'],
    ["inputs:\n\ta: 1", "Indent with spaces"],
  ])("what to do about %j", (text, fix) => {
    expect(parseFlake(text, { file }).diagnostics.map((each) => each.fix)).toStrictEqual([fix]);
  });

  test("both places of a key that is there twice", () => {
    const [diagnostic] = parseFlake("name: a\n\nname: b", { file: "sub/flake.yaml" }).diagnostics;
    expect(diagnostic?.marks).toStrictEqual([
      { role: "given again here", place: { position: { file: "sub/flake.yaml", line: 3, column: 1 } } },
      { role: "given first here", place: { position: { file: "sub/flake.yaml", line: 1, column: 1 } } },
    ]);
  });
});

test("parseFlake gives what a flake says", () => {
  const text = `name: acme
description: |
  Machines
  of Acme
transports: [https, ssh, https]
inputs:
  core: { git: https://git.example/acme/core, semver: ^1.2 }
  tip: { git: git@git.example:acme/tip }
  main: { git: ssh://git.example/acme/main, ref: main, submodules: false, flake: true }
  ui:
    git: https://git.example/acme/ui
    dir: ./packages/ui/
    semver: ">=2 <4"
    tagPrefix: "ui@"
    submodules: true
    flake: false
    mirrors: [https://mirror.example/ui, file:///srv/ui]
    inputs:
      log: { follows: log }
      deep: { inputs: { x: { git: https://git.example/x, rev: ${sha1} } } }
  local: { path: ./modules/local/, flake: false }
  beside: { path: ../beside }
  alias: { follows: core/log }
  self: { follows: "" }
devInputs:
  constructor: { git: https://git.example/test }
retracted: [1.2.3, 2.0.0-rc.1+b]
`;
  const { manifest, diagnostics } = parseFlake(text, { file });
  expect(diagnostics).toStrictEqual([]);
  expect(manifest).toMatchObject({ name: "acme", description: "Machines\nof Acme\n", transports: ["https", "ssh"] });
  expect(manifest.retracted).toStrictEqual(["1.2.3", "2.0.0-rc.1+b"]);
  const wants = Object.entries(manifest.inputs).map(([name, { want, follows }]) => [name, want ?? follows]);
  expect(wants).toStrictEqual([
    ["core", { git: "https://git.example/acme/core", semver: "^1.2" }],
    ["tip", { git: "git@git.example:acme/tip" }],
    ["main", { git: "ssh://git.example/acme/main", ref: "main" }],
    [
      "ui",
      {
        git: "https://git.example/acme/ui",
        semver: ">=2 <4",
        dir: "packages/ui",
        tagPrefix: "ui@",
        submodules: true,
        flake: false,
      },
    ],
    ["local", { path: "./modules/local", flake: false }],
    ["beside", { path: "../beside" }],
    ["alias", "core/log"],
    ["self", ""],
  ]);
  expect(manifest.inputs["ui"]).toEqual({
    want: expect.anything(),
    mirrors: ["https://mirror.example/ui", "file:///srv/ui"],
    inputs: {
      log: { follows: "log", mirrors: [], inputs: {}, place: { position: { file, line: 19, column: 7 } } },
      deep: {
        mirrors: [],
        inputs: {
          x: {
            want: { git: "https://git.example/x", rev: sha1 },
            mirrors: [],
            inputs: {},
            place: { position: { file, line: 20, column: 25 } },
          },
        },
        place: { position: { file, line: 20, column: 7 } },
      },
    },
    place: { position: { file, line: 10, column: 3 } },
  });
  expect(Object.keys(manifest.devInputs)).toStrictEqual(["constructor"]);
  expect(manifest.inputs["constructor"]).toBeUndefined();
});

test.each(["", "# nothing\n", "---\n", "{}", "inputs:\n", "inputs: {}\ndevInputs: ~\n", "\uFEFFinputs: {}"])(
  "parseFlake gives an empty flake, with https and ssh, for %j",
  (text) => {
    expect(parseFlake(text, { file })).toEqual({
      manifest: {
        transports: ["https", "ssh"],
        inputs: {},
        sources: {},
        caches: [],
        shells: {},
        devInputs: {},
        retracted: [],
      },
      diagnostics: [],
    });
  },
);

test("parseFlake ignores keys of a newer flake in an input, at the top level alone", () => {
  expect(parseFlake("name: a\nlater: { x: 1 }", { file, role: "input" })).toMatchObject({
    manifest: { name: "a" },
    diagnostics: [],
  });
  expect(show(parseFlake(`later: 1\n${a}{ ${g}, x: 1 }`, { file, role: "input" }).diagnostics)).toStrictEqual([
    '3:34 use the key "x" in input "a": there is no such key',
  ]);
});

describe("parseFlake is not held up by hostile texts", () => {
  const mebibyte = 1024 * 1024;
  const bomb = `a: &a [x]\n${Array.from({ length: 9 }, (_, at) => `b${at}: &b${at} [*a,*a,*a,*a,*a,*a,*a,*a,*a]`).join("\n")}`;

  test.each([
    ["a text above one mebibyte", `# ${"x".repeat(mebibyte)}`, "input-too-large"],
    ["a text above one mebibyte for its letters", `# ${"é".repeat(mebibyte / 2)}`, "input-too-large"],
    ["aliases that expand", bomb, "bad-flake"],
    ["brackets", "[".repeat(mebibyte), "bad-flake"],
    ["braces with keys", "{a: ".repeat(mebibyte / 4), "bad-flake"],
    ["dashes", "- ".repeat(mebibyte / 2), "bad-flake"],
    ["commas", `[${",".repeat(mebibyte - 1)}`, "bad-flake"],
    ["closing brackets", "]".repeat(mebibyte), "bad-flake"],
    ["anchors", "&a ".repeat(mebibyte / 3), "bad-flake"],
    [
      "lines further and further in",
      Array.from({ length: 1400 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
      "bad-flake",
    ],
  ])("%s", (_attack, text, code) => {
    expect(parseFlake(text, { file }).diagnostics.map((each) => each.code)).toStrictEqual([code]);
  });

  test("a text of exactly one mebibyte is read", () => {
    const text = `name: a # ${"x".repeat(mebibyte - 10)}`;
    expect(text).toHaveLength(mebibyte);
    expect(parseFlake(text, { file }).diagnostics).toStrictEqual([]);
  });

  test("of thousands of problems fifty are told, the first of all", () => {
    const text = `inputs:\n${Array.from({ length: 3000 }, (_, at) => `  a${at}: {}\n`).join("")}`;
    const { diagnostics } = parseFlake(text, { file });
    expect(diagnostics).toHaveLength(50);
    expect(diagnostics[0]?.marks[0]?.place.position).toMatchObject({ line: 2, column: 3 });
  });

  test("any text gives a manifest, and every diagnostic a place within the text", () => {
    const piece = fc.constantFrom(
      "inputs",
      ":",
      ": ",
      "\n",
      "\n  ",
      "a",
      "{",
      "}",
      "[",
      "]",
      ",",
      "- ",
      "git",
      "path",
      "'",
      '"',
      "#",
      "1",
      "|",
      "&",
      "? ",
      "~",
      "\t",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join("");
        const lines = text.split("\n");
        const { diagnostics } = parseFlake(text, { file });
        const positions = diagnostics.map(({ marks }) => marks[0]?.place.position);
        const outside = positions.filter(
          (at) => at === undefined || at.column > (lines[at.line - 1]?.length ?? -1) + 1,
        );
        expect(outside).toStrictEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
