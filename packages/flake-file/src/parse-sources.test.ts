import { parseFlake } from "@firn/flake-file";
import { describe, expect, test } from "vitest";

const file = "flake.yaml";
const key = "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8";

/** A flake whose one source has these lines. */
const flakeWith = (lines: readonly string[]) => `inputs:\n  debian:\n${lines.map((line) => `    ${line}\n`).join("")}`;

const smallest = ["apt: https://deb.debian.org/debian/", "suites: [bookworm]", `keys: [${key}]`];

const sourceOf = (lines: readonly string[]) => parseFlake(flakeWith(lines), { file }).manifest.sources["debian"];

/** Line, column and message of each problem. */
const problemsOf = (text: string, role: "root" | "input" = "root") =>
  parseFlake(text, { file, role }).diagnostics.map(({ marks, message }) => {
    const { line, column } = marks[0]?.place.position ?? { line: 0, column: 0 };
    return `${line}:${column} ${message.replace("Cannot use ", "")}`;
  });

describe("parseFlake, sources of packages", () => {
  test("fills in what is not said", () => {
    expect(problemsOf(flakeWith(smallest))).toStrictEqual([]);
    expect(sourceOf(smallest)).toStrictEqual({
      source: {
        manager: "apt",
        address: "https://deb.debian.org/debian",
        mirrors: [],
        architectures: ["amd64"],
        keys: [key],
        parts: { suites: ["bookworm"], components: ["main"] },
      },
      isOnRequest: false,
      place: { position: { file, line: 2, column: 3 } },
    });
  });

  test("reads all that can be said", () => {
    const lines = [
      "apt: file:///srv/debian",
      "suites: [bookworm, bookworm-updates, stable/updates]",
      "components: [main, non-free-firmware]",
      "architectures: [amd64, arm64]",
      `keys: ["${key
        .toLowerCase()
        .replaceAll(/(.{4})/g, "$1 ")
        .trim()}", ${"0F".repeat(32)}]`,
      "keyring: ./keys/debian.gpg",
      "snapshot: 2026-11-01T00:00:00Z",
      "mirrors: [http://mirror.example/debian/]",
      "onRequest: true",
    ];
    expect(problemsOf(flakeWith(lines))).toStrictEqual([]);
    expect(sourceOf(lines)).toStrictEqual({
      source: {
        manager: "apt",
        address: "file:///srv/debian",
        mirrors: ["http://mirror.example/debian"],
        architectures: ["amd64", "arm64"],
        keys: [key, "0F".repeat(32)],
        keyring: "keys/debian.gpg",
        snapshot: "2026-11-01T00:00:00Z",
        parts: {
          suites: ["bookworm", "bookworm-updates", "stable/updates"],
          components: ["main", "non-free-firmware"],
        },
      },
      isOnRequest: true,
      place: { position: { file, line: 2, column: 3 } },
    });
  });

  test("leaves them out of the inputs, in the order of the text, whatever their names", () => {
    const entry = `{ apt: http://a.example/d, suites: [s], keys: [${key}] }`;
    const { manifest } = parseFlake(`inputs:\n  zz: ${entry}\n  core: { path: ./core }\n  constructor: ${entry}\n`, {
      file,
    });
    expect(Object.keys(manifest.inputs)).toStrictEqual(["core"]);
    expect(Object.keys(manifest.sources)).toStrictEqual(["zz", "constructor"]);
    expect(manifest.sources["toString"]).toBeUndefined();
  });

  test("ignores them in the flake of an input, whatever they say", () => {
    const text = "inputs:\n  debian: { apt: 3, colour: red }\n  core: { path: ./core }\n";
    expect(problemsOf(text, "input")).toStrictEqual([]);
    const { manifest } = parseFlake(text, { file, role: "input" });
    expect([Object.keys(manifest.inputs), Object.keys(manifest.sources)]).toStrictEqual([["core"], []]);
  });
});

describe("parseFlake says what is wrong with a source, and where", () => {
  const address = "apt: https://deb.debian.org/debian";
  const instead = (line: string) => [...smallest.filter((one) => !one.startsWith(line.split(":")[0] ?? "")), line];

  // The last line of the source, and problems of it.
  test.each([
    ["apt: debian", '5:10 "apt" of input "debian": it is no address'],
    ["apt: ftp://a.example/debian", '5:10 "apt" of input "debian": it starts with "ftp:"'],
    ["apt: https://ada:secret@a.example/d", '5:10 "apt" of input "debian": it has a name or password'],
    [
      "apt: https://a.example/d?x=1",
      '5:10 "apt" of input "debian": it has "?" or "#", behind which no path can follow',
    ],
    ["apt: file://host/debian", '5:10 "apt" of input "debian": it names a machine'],
    ["apt: file:///", '5:10 "apt" of input "debian": it names no folder'],
    ["apt: 3", '5:10 "apt" of input "debian": it is the number 3, not text'],
    ["suites: []", '5:13 "suites" of input "debian": it is empty'],
    ["suites: bookworm", '5:13 "suites" of input "debian": it is "bookworm", not a list'],
    ["suites: [a, b/]", '5:17 "suites.1" of input "debian": it ends with "/"'],
    ["suites: [a, ../b]", '5:17 "suites.1" of input "debian": it is not the name of a suite'],
    ["suites: [a, b, a]", '5:20 "suites.2" of input "debian": it stands there twice'],
    ["components: [main, a b]", '6:24 "components.1" of input "debian": it is not a name'],
    ["architectures: [1]", '6:21 "architectures.0" of input "debian": it is the number 1, not text'],
    ["keys: []", '5:11 "keys" of input "debian": it is empty'],
    ["keys: [350947F8]", '5:12 "keys.0" of input "debian": it is the short id of a key, which others can have too'],
    [`keys: [${key.slice(1)}]`, '5:12 "keys.0" of input "debian": it is not the fingerprint of a key'],
    ["keyring: /etc/apt/a.gpg", '6:14 "keyring" of input "debian": it is absolute'],
    ["keyring: ../a.gpg", '6:14 "keyring" of input "debian": it is not the path of a file in the flake'],
    ["snapshot: 2026-11-01", '6:15 "snapshot" of input "debian": it is not a moment'],
    ["snapshot: 2026-02-30T00:00:00Z", '6:15 "snapshot" of input "debian": it is not a moment'],
    ["mirrors: [mirror.example]", '6:15 "mirrors.0" of input "debian": it is no address'],
    ["onRequest: often", '6:16 "onRequest" of input "debian": it is "often", not true or false'],
    ["semver: ^1.2", '6:5 "semver" of input "debian": "apt" is given, which excludes it'],
    ["git: https://a.example/a", '6:5 "git" of input "debian": "apt" is given, which excludes it'],
    ["suite: bookworm", '5:5 the key "suite" in input "debian": there is no such key'],
  ])("%s", (line, problem) => {
    expect(problemsOf(flakeWith(instead(line)))).toStrictEqual([problem]);
  });

  test("suites and keys that are missing", () => {
    expect(problemsOf(flakeWith([address]))).toStrictEqual([
      '2:3 input "debian": it has no "suites"',
      '2:3 input "debian": it has no "keys"',
    ]);
  });

  test("several, with those of inputs, in the order of the text", () => {
    const text = `inputs:\n  b: { ref: main }\n  1: { apt: x }\n  a: { path: a }\n`;
    expect(problemsOf(text)).toStrictEqual([
      '2:3 input "b": it has none of git, path, follows and apt',
      '2:8 "ref" of input "b": it means nothing without "git"',
      '3:3 input "1": it has no "suites"',
      '3:3 input "1": it has no "keys"',
      '3:3 input "1": it is not a name',
      '3:13 "apt" of input "1": it is no address',
      '4:14 "path" of input "a": it starts with neither "./" nor "../"',
    ]);
  });

  test("one among the inputs of an input, of devInputs, or of both", () => {
    const entry = `{ apt: http://a.example/d, suites: [s], keys: [${key}] }`;
    expect(problemsOf(`inputs:\n  core: { path: ./core, inputs: { debian: ${entry} } }\n`)).toContain(
      '2:45 the key "apt" in input "core/debian": there is no such key',
    );
    expect(problemsOf(`devInputs:\n  debian: ${entry}\n`)).toStrictEqual([
      '2:3 input "debian": it is a source of packages, which "inputs" has',
    ]);
    expect(problemsOf(`inputs:\n  a: ${entry}\ndevInputs:\n  a: { path: ./a }\n`)).toStrictEqual([
      '4:3 input "a": it is in "inputs" too',
    ]);
  });

  test("with what to write instead", () => {
    const advice = (lines: readonly string[]) =>
      parseFlake(flakeWith(lines), { file }).diagnostics.map(({ why, fix }) => ({ why, fix }));
    expect(advice([address, "suites: [a]"])).toStrictEqual([
      {
        why: ["Only a list of packages that one of these keys has signed is believed"],
        fix: "keys: [B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8], the fingerprints that gpg --show-keys KEYRING prints",
      },
    ]);
    expect(advice(["suites: [a]", "apt: debian", "kes: []"])).toStrictEqual([
      { why: undefined, fix: "apt: https://deb.debian.org/debian" },
      {
        why: ["The keys are apt, suites, components, architectures, keys, keyring, snapshot, mirrors, onRequest"],
        fix: 'Write "keys"',
      },
    ]);
  });
});
