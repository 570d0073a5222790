import { addInput, parseFlake, removeInput } from "@firn/flake-file";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const ui = { git: "https://git.example/ui", semver: "^2" };

/** A text, and the same with "ui" added; removing it again gives the text back. */
const reversible: readonly (readonly [layout: string, before: string, after: string])[] = [
  [
    "block, fields in lines",
    "name: acme\ninputs:\n  core:\n    git: https://git.example/core\n",
    "name: acme\ninputs:\n  core:\n    git: https://git.example/core\n  ui:\n    git: https://git.example/ui\n    semver: ^2\n",
  ],
  [
    "block, fields in braces",
    "inputs:\n  core: { path: ./core }\n",
    "inputs:\n  core: { path: ./core }\n  ui: { git: https://git.example/ui, semver: ^2 }\n",
  ],
  [
    "four spaces",
    "inputs:\n    core:\n        path: ./core\nname: acme\n",
    "inputs:\n    core:\n        path: ./core\n    ui:\n        git: https://git.example/ui\n        semver: ^2\nname: acme\n",
  ],
  [
    "comments and blank lines",
    "# top\n\ninputs: # all\n\n  # core\n  core: {path: ./core} # why\n\n  # later\n\n# bottom\nname:   'acme'\n",
    "# top\n\ninputs: # all\n\n  # core\n  core: {path: ./core} # why\n  ui: { git: https://git.example/ui, semver: ^2 }\n\n  # later\n\n# bottom\nname:   'acme'\n",
  ],
  [
    "no final newline",
    "inputs:\n  core: { path: ./core }",
    "inputs:\n  core: { path: ./core }\n  ui: { git: https://git.example/ui, semver: ^2 }",
  ],
  [
    "carriage returns",
    "inputs:\r\n  core: { path: ./core }\r\nname: acme\r\n",
    "inputs:\r\n  core: { path: ./core }\r\n  ui: { git: https://git.example/ui, semver: ^2 }\r\nname: acme\r\n",
  ],
  ["empty braces", "inputs: {}\n", "inputs:\n  ui:\n    git: https://git.example/ui\n    semver: ^2\n"],
  [
    "empty braces with a comment after them",
    "inputs: {} # none yet\nname: acme\n",
    "inputs: # none yet\n  ui:\n    git: https://git.example/ui\n    semver: ^2\nname: acme\n",
  ],
  [
    "empty braces in a file with four spaces",
    "inputs: {}\ndevInputs:\n    core: { path: ./core }\n",
    "inputs:\n    ui:\n        git: https://git.example/ui\n        semver: ^2\ndevInputs:\n    core: { path: ./core }\n",
  ],
  [
    "all in one line of braces",
    "inputs: { core: { path: ./core } }\n",
    "inputs: { core: { path: ./core }, ui: { git: https://git.example/ui, semver: ^2 } }\n",
  ],
  [
    "braces with a comma at the end",
    "inputs: { core: { path: ./core }, }\n",
    "inputs: { core: { path: ./core }, ui: { git: https://git.example/ui, semver: ^2 }, }\n",
  ],
  [
    "braces over lines",
    "inputs: {\n  core: { path: ./core }\n}\n",
    "inputs: {\n  core: { path: ./core },\n  ui: { git: https://git.example/ui, semver: ^2 }\n}\n",
  ],
  [
    "a root in braces",
    "{ name: acme, inputs: { core: { path: ./core } } }",
    "{ name: acme, inputs: { core: { path: ./core }, ui: { git: https://git.example/ui, semver: ^2 } } }",
  ],
  [
    "quoted keys and a block scalar at the end",
    "\"inputs\":\n  'core':\n    git: >-\n      https://git.example/core\n\nname: acme\n",
    "\"inputs\":\n  'core':\n    git: >-\n      https://git.example/core\n  ui:\n    git: https://git.example/ui\n    semver: ^2\n\nname: acme\n",
  ],
  [
    "a document start and end",
    "---\ninputs:\n  core: { path: ./core }\n...\n",
    "---\ninputs:\n  core: { path: ./core }\n  ui: { git: https://git.example/ui, semver: ^2 }\n...\n",
  ],
  [
    "nested overrides before it",
    "inputs:\n  core:\n    git: https://git.example/core\n    inputs:\n      log: { follows: log } # ours\n  log: { path: ./log }\n",
    "inputs:\n  core:\n    git: https://git.example/core\n    inputs:\n      log: { follows: log } # ours\n  log: { path: ./log }\n  ui: { git: https://git.example/ui, semver: ^2 }\n",
  ],
];

describe("addInput", () => {
  test.each(reversible)("keeps every character of a text: %s", (_layout, before, after) => {
    expect(addInput(before, { name: "ui", fields: ui })).toStrictEqual({ text: after, diagnostics: [] });
  });

  test.each([
    ["an empty text", "", "inputs:\n  ui:\n    git: https://git.example/ui\n    semver: ^2\n"],
    ["only a comment", "# mine", "# mine\ninputs:\n  ui:\n    git: https://git.example/ui\n    semver: ^2"],
    [
      "no inputs",
      "name: acme # me\n\n# end\n",
      "name: acme # me\ninputs:\n  ui:\n    git: https://git.example/ui\n    semver: ^2\n\n# end\n",
    ],
    [
      "inputs without a value",
      "inputs:\n  # none yet\nname: acme\n",
      "inputs:\n  ui:\n    git: https://git.example/ui\n    semver: ^2\n  # none yet\nname: acme\n",
    ],
    ["inputs that are null", "inputs: ~\n", "inputs:\n  ui:\n    git: https://git.example/ui\n    semver: ^2\n"],
    [
      "a root in braces without inputs",
      "{ name: acme }\n",
      "{ name: acme, inputs: { ui: { git: https://git.example/ui, semver: ^2 } } }\n",
    ],
    [
      "braces with a comment in them",
      "inputs: { # none\n}\n",
      "inputs: { ui: { git: https://git.example/ui, semver: ^2 } # none\n}\n",
    ],
    [
      "braces over lines with comments and a comma at the end",
      "inputs: {\n  core: { path: ./core }, # it\n}\n",
      "inputs: {\n  core: { path: ./core }, # it\n  ui: { git: https://git.example/ui, semver: ^2 },\n}\n",
    ],
    [
      "braces over lines with a comment behind the last",
      "inputs: {\n  core: { path: ./core } # it\n}\n",
      "inputs: {\n  core: { path: ./core }, # it\n  ui: { git: https://git.example/ui, semver: ^2 }\n}\n",
    ],
  ])("finds a place in %s", (_layout, before, after) => {
    expect(addInput(before, { name: "ui", fields: ui })).toStrictEqual({ text: after, diagnostics: [] });
  });

  test("writes text that looks like something else in quotes", () => {
    const { text } = addInput("", {
      name: "ui",
      fields: { git: "https://git.example/ui", semver: "1.0", tagPrefix: "" },
    });
    expect(text).toBe('inputs:\n  ui:\n    git: https://git.example/ui\n    semver: "1.0"\n    tagPrefix: ""\n');
    expect(parseFlake(text, { file: "flake.yaml" }).diagnostics).toStrictEqual([]);
  });

  test("does not break long lines", () => {
    const git = `https://git.example/${"long/".repeat(60)}end`;
    expect(addInput("inputs:\n  a: { path: ./a }\n", { name: "ui", fields: { git } }).text).toContain(
      `\n  ui: { git: ${git} }\n`,
    );
  });

  test("adds a source of packages, and removes it again", () => {
    const key = "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8";
    const fields = { apt: "https://deb.debian.org/debian", suites: ["bookworm"], keys: [key] };
    const before = "name: acme\ninputs:\n  core: { path: ./core } # ours\n";
    const { text, diagnostics } = addInput(before, { name: "debian", fields });
    expect(diagnostics).toStrictEqual([]);
    expect(Object.keys(parseFlake(text, { file: "flake.yaml" }).manifest.sources)).toStrictEqual(["debian"]);
    expect(removeInput(text, "debian")).toStrictEqual({ text: before, diagnostics: [] });
    const wrong = addInput(before, { name: "debian", fields: { ...fields, suites: [] } });
    expect(wrong.diagnostics.map(({ message }) => message)).toStrictEqual([
      'Cannot use "suites" of input "debian": it is empty',
    ]);
  });

  test("refuses a name that is taken, and says where", () => {
    const before = "inputs:\n  a: { path: ./a }\ndevInputs:\n  ui: { path: ./ui }\n";
    const { text, diagnostics } = addInput(before, { name: "ui", fields: ui });
    expect(text).toBe(before);
    expect(diagnostics).toMatchObject([
      {
        code: "bad-flake",
        message: 'Cannot add input "ui": there is one of that name',
        marks: [{ place: { position: { line: 4, column: 3 } } }],
      },
    ]);
  });

  test.each([
    ["1x", ui, 'Cannot use input "1x": it is not a name'],
    ["__proto__", ui, 'Cannot use the key "__proto__": JavaScript keeps it to itself'],
    ["ui", {}, 'Cannot use input "ui": it has none of git, path, follows and apt'],
    ["ui", { git: "ext::sh" }, 'Cannot use "git" of input "ui": it has "::", by which git runs programs of its own'],
  ])("refuses what an input cannot be: %s", (name, fields, message) => {
    const { text, diagnostics } = addInput("inputs: {}\n", { name, fields });
    expect(text).toBe("inputs: {}\n");
    expect(diagnostics.map((each) => each.message)).toStrictEqual([message]);
  });

  test.each(["inputs: [", "a: 1\na: 2\n", "inputs: []\n", "- a\n", "inputs: text\n"])(
    "refuses to touch %j",
    (before) => {
      const { text, diagnostics } = addInput(before, { name: "ui", fields: ui });
      expect(text).toBe(before);
      expect(diagnostics.map(({ code }) => code)).toStrictEqual(["bad-flake"]);
    },
  );
});

describe("addInput below devInputs", () => {
  const group = "devInputs";

  test.each([
    [
      "behind those that are there",
      "inputs:\n  a: { path: ./a }\ndevInputs:\n  b: { path: ./b }\n",
      "inputs:\n  a: { path: ./a }\ndevInputs:\n  b: { path: ./b }\n  ui: { path: ./ui }\n",
    ],
    ["in place of empty braces", "devInputs: {}\nname: x\n", "devInputs:\n  ui:\n    path: ./ui\nname: x\n"],
    ["at the end", "inputs: {}\n", "inputs: {}\ndevInputs:\n  ui:\n    path: ./ui\n"],
    ["in a root in braces", "{ name: x }\n", "{ name: x, devInputs: { ui: { path: ./ui } } }\n"],
  ])("writes it %s", (_place, before, after) => {
    const added = addInput(before, { name: "ui", fields: { path: "./ui" }, group });
    expect(added).toStrictEqual({ text: after, diagnostics: [] });
    const { manifest } = parseFlake(after, { file: "flake.yaml" });
    expect(manifest.devInputs["ui"]?.want).toStrictEqual({ path: "./ui" });
  });

  test("refuses a name that an input has", () => {
    const before = "inputs:\n  ui: { path: ./ui }\n";
    const { text, diagnostics } = addInput(before, { name: "ui", fields: { path: "./ui" }, group });
    expect(text).toBe(before);
    expect(diagnostics.map(({ code }) => code)).toStrictEqual(["bad-flake"]);
  });
});

describe("removeInput", () => {
  test.each(reversible)("gives back the text before the input was added: %s", (_layout, before, after) => {
    expect(removeInput(after, "ui")).toStrictEqual({ text: before, diagnostics: [] });
  });

  const three =
    "inputs:\n  # first\n  a: { path: ./a }\n\n  # second\n  # and more\n  b:\n    # within\n    path: ./b # it\n  c: { path: ./c }\n# end\n";

  test.each([
    [
      "a",
      "inputs:\n  # first\n\n  # second\n  # and more\n  b:\n    # within\n    path: ./b # it\n  c: { path: ./c }\n# end\n",
    ],
    ["b", "inputs:\n  # first\n  a: { path: ./a }\n\n  c: { path: ./c }\n# end\n"],
    [
      "c",
      "inputs:\n  # first\n  a: { path: ./a }\n\n  # second\n  # and more\n  b:\n    # within\n    path: ./b # it\n# end\n",
    ],
  ])("takes what belongs to an input and nothing else: %s", (name, after) => {
    expect(removeInput(three, name)).toStrictEqual({ text: after, diagnostics: [] });
  });

  test.each([
    ["the first in braces", "inputs: { ui: { path: ./ui }, b: { path: ./b } }", "inputs: { b: { path: ./b } }"],
    ["the only one in braces", "inputs: { ui: { path: ./ui } }", "inputs: {}"],
    [
      "one with a comment before it in braces",
      "inputs: {\n  a: { path: ./a }, # a, b\n  ui: { path: ./ui },\n  b: { path: ./b }\n}\n",
      "inputs: {\n  a: { path: ./a }, # a, b\n  b: { path: ./b }\n}\n",
    ],
    ["one below devInputs", "devInputs:\n  ui: { path: ./ui }\n", "devInputs: {}\n"],
    ["one that is wrong", "inputs:\n  a: { path: ./a }\n  ui: { gti: x }\n", "inputs:\n  a: { path: ./a }\n"],
    ["one with an empty text", "inputs:\n  ui: ''\n  a:\n    follows: ''\n", "inputs:\n  a:\n    follows: ''\n"],
    ["one without a value", "inputs:\n  a: { path: ./a }\n  ui:\nname: x\n", "inputs:\n  a: { path: ./a }\nname: x\n"],
  ])("removes %s", (_layout, before, after) => {
    expect(removeInput(before, "ui")).toStrictEqual({ text: after, diagnostics: [] });
  });

  test("names the nearest inputs for one that does not exist", () => {
    const before = "inputs:\n  core: { path: ./core }\ndevInputs:\n  cord: { path: ./cord }\n";
    const { text, diagnostics } = removeInput(before, "cors");
    expect(text).toBe(before);
    expect(diagnostics).toMatchObject([
      {
        code: "unknown-input",
        message: 'Cannot remove input "cors": flake.yaml declares none of that name',
        why: ["Nearest names: cord, core"],
      },
    ]);
  });

  test.each(["", "name: x\n", "inputs:\n", "inputs: {}\n"])("says so when there are no inputs at all: %j", (before) => {
    expect(removeInput(before, "ui").diagnostics.map(({ code }) => code)).toStrictEqual(["unknown-input"]);
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,5}$/).filter((each) => each !== "ui");
const comment = fc.constantFrom("", " # why", "   #", " # a: { b }");
const between = fc.constantFrom("", "\n", "  # remark\n", "# remark\n", "\n\n    # far\n\n");
const layouts = [
  (key: string): string => `  ${key}: { path: ./${key} }`,
  (key: string): string => `  "${key}": {path: './${key}', flake: false}`,
  (key: string): string => `  ${key}:\n    path: ./${key}`,
  (key: string): string =>
    `  ${key}:\n    git: https://git.example/${key}\n    mirrors:\n    - https://git.example/m\n    - ssh://m/m`,
  (key: string): string => `  ${key}: {\n    git: https://git.example/${key}, # here\n    ref: main }`,
];
const input = fc.record({ name, layout: fc.constantFrom(...layouts), comment, between });
const flakeText = fc
  .record({
    before: fc.constantFrom("", "name: acme\n", "# top\n\n", "---\n"),
    inputs: fc.uniqueArray(input, { selector: (each) => each.name, minLength: 1, maxLength: 5 }),
    after: fc.constantFrom("", "description: |\n  Much\n\n", "# end\n", "retracted: []"),
    lineBreak: fc.constantFrom("\n", "\r\n"),
  })
  .map(({ before, inputs, after, lineBreak }) => {
    const entries = inputs.map((each) => `${each.between}${each.layout(each.name)}${each.comment}\n`);
    const text = `${before}inputs:\n${entries.join("")}${after}`.replaceAll("\n", lineBreak);
    return { text, names: inputs.map((each) => each.name) };
  });

describe("addInput and removeInput", () => {
  test("give any text back, and hold all lines that were there", () => {
    fc.assert(
      fc.property(flakeText, ({ text }) => {
        const added = addInput(text, { name: "ui", fields: ui });
        expect(added.diagnostics).toStrictEqual([]);
        const lines = added.text.split("\n");
        expect(text.split("\n").filter((line) => !lines.includes(line) && !lines.includes(`${line}\r`))).toStrictEqual(
          [],
        );
        expect(removeInput(added.text, "ui")).toStrictEqual({ text, diagnostics: [] });
      }),
    );
  });

  test("remove any inputs in any order, until none is left", () => {
    fc.assert(
      fc.property(flakeText, fc.nat(), ({ text, names }, seed) => {
        const order = names.toSorted((one, other) => ((one.length * seed) % 7) - ((other.length * seed) % 7));
        const left = order.reduce((edited, each) => {
          const { text: next, diagnostics } = removeInput(edited, each);
          expect(diagnostics).toStrictEqual([]);
          return next;
        }, text);
        expect(parseFlake(left, { file: "flake.yaml" })).toMatchObject({ diagnostics: [], manifest: { inputs: {} } });
        expect(Object.keys(parseFlake(left, { file: "flake.yaml" }).manifest.inputs)).toStrictEqual([]);
      }),
    );
  });
});
