import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Format, ini, json, keyValue, toml, yaml } from "@firn/format";
import {
  anything,
  array,
  assert,
  boolean,
  constantFrom,
  dictionary,
  double,
  integer,
  letrec,
  oneof,
  property,
  string,
  stringMatching,
} from "fast-check";
import { defineModule, evaluate, option } from "firn";
import { describe, expect, onTestFinished, test } from "vitest";
import { parse as parseYaml } from "yaml";

function evaluateSettings<T>(format: Format<T, unknown>, value: unknown) {
  const settings = defineModule({
    options: { settings: option({ type: format.type }) },
    config: (_, define) => define({ settings: value as never }), // Any value is tried.
  });
  return evaluate({ modules: [settings] });
}

/** What is wrong with a value, and where in it. */
interface Refusal {
  readonly problem: string;
  readonly path: readonly string[] | undefined;
}

/** What an option of the format makes of a value, or why it refuses it. */
function take<T>(format: Format<T, unknown>, value: unknown): { text: string } | Refusal {
  const { config, diagnostics } = evaluateSettings(format, value);
  const [problem] = diagnostics;
  if (problem !== undefined) return { problem: problem.message, path: problem.optionPath };
  return { text: format.render(config.settings as T) }; // What an option of its type takes.
}

function textOf<T>(format: Format<T, unknown>, value: unknown): string {
  const taken = take(format, value);
  if ("problem" in taken) throw new Error(taken.problem);
  return taken.text;
}

/** Runs a program of Python that reads what it is given, and gives what it prints as JSON. */
function python(program: string, input: string): unknown {
  const { status, stderr, stdout } = spawnSync("python3", ["-c", program], { input, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as unknown; // The program writes JSON.
}

const names = stringMatching(/^[a-z][a-z0-9_]{0,6}$/);
const { data } = letrec((tie) => ({
  data: oneof(
    { depthSize: "small" },
    string(),
    boolean(),
    integer({ min: -1e9, max: 1e9 }),
    array(tie("data"), { maxLength: 3 }),
    dictionary(
      string({ minLength: 1 }).filter((name) => name !== "__proto__"),
      tie("data"),
      { maxKeys: 3 },
    ),
  ),
}));
const documents = dictionary(names, data, { maxKeys: 5 });

describe("json", () => {
  test("writes what another parser reads back, names in order", () => {
    const runs: [string, unknown][] = [];
    assert(
      property(documents, (value) => void runs.push([textOf(json(), value), value])),
      { numRuns: 60 },
    );
    const read = python(
      "import json,sys; print(json.dumps([json.loads(x) for x in json.load(sys.stdin)]))",
      JSON.stringify(runs.map(([text]) => text)),
    );
    expect(read).toEqual(runs.map(([, value]) => value));
    expect(textOf(json(), { b: 1, a: { d: 1, c: null } })).toBe(
      '{\n  "a": {\n    "c": null,\n    "d": 1\n  },\n  "b": 1\n}\n',
    );
  });
});

describe("yaml", () => {
  test.each(["1.1", "1.2"] as const)("writes what a reader of YAML %s reads back", (version) => {
    assert(
      property(documents, (value) => void expect(parseYaml(textOf(yaml(), value), { version })).toEqual(value)),
      { numRuns: 200 },
    );
  });

  test.each([
    "no",
    "yes",
    "on",
    "1e3",
    "0o17",
    "017",
    "12:30:45",
    "~",
    "null",
    "2024-01-01",
    "<<",
    "=",
    "- a",
    "a: b",
    " a",
    "a\nb",
  ])("keeps the text %j a text", (text) => {
    for (const version of ["1.1", "1.2"] as const)
      expect(parseYaml(textOf(yaml(), { text }), { version })).toEqual({ text });
  });

  test("writes the same thing twice, and no alias", () => {
    const shared = { a: [1] };
    expect(textOf(yaml(), { one: shared, two: shared })).not.toContain("&");
  });
});

describe("toml", () => {
  test("writes what another parser reads back", () => {
    const runs: [string, unknown][] = [];
    assert(
      property(documents, (value) => void runs.push([textOf(toml(), value), value])),
      { numRuns: 60 },
    );
    const read = python(
      "import json,sys,tomllib; print(json.dumps([tomllib.loads(x) for x in json.load(sys.stdin)]))",
      JSON.stringify(runs.map(([text]) => text)),
    );
    expect(read).toEqual(runs.map(([, value]) => value));
  });

  test("refuses null, which TOML cannot say", () => {
    expect(take(toml(), { a: { b: null } })).toMatchObject({ problem: expect.stringContaining("settings") });
  });
});

const plain = stringMatching(/^[A-Za-z0-9/:.,][A-Za-z0-9 /:.,=]{0,10}[A-Za-z0-9/:.,]$/);
const sections = dictionary(names, dictionary(names, oneof(plain, boolean(), integer()), { maxKeys: 4 }), {
  maxKeys: 4,
});

describe("ini", () => {
  test("writes what configparser reads back", () => {
    const runs: [string, object][] = [];
    assert(
      property(sections, (value) => void runs.push([textOf(ini(), value), value])),
      { numRuns: 60 },
    );
    const program = `
import configparser, json, sys
def read(text):
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.read_string(text)
    return {name: dict(parser.items(name)) for name in parser.sections()}
print(json.dumps([read(each) for each in json.load(sys.stdin)]))`;
    const asTexts = ([, value]: [string, object]): unknown =>
      Object.fromEntries(
        Object.entries(value).map(([name, settings]: [string, object]) => [
          name,
          Object.fromEntries(Object.entries(settings).map(([key, each]) => [key, String(each)])),
        ]),
      );
    expect(python(program, JSON.stringify(runs.map(([text]) => text)))).toEqual(runs.map(asTexts));
  });

  test("writes what git reads back, whatever the texts", { timeout: 30_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "firn-format-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const format = ini({ quote: "double", lists: "repeat" });
    const letters = constantFrom(..."ab \t\n\"'\\;#=[]é$");
    assert(
      property(array(letters, { maxLength: 8 }), (chosen) => {
        const text = chosen.join("");
        const file = join(folder, "config");
        writeFileSync(file, textOf(format, { 'remote "origin"': { url: text, fetch: ["a", "b"] } }));
        const get = (key: string): string =>
          spawnSync("git", ["config", "--file", file, "--get-all", "-z", key], { encoding: "utf8" }).stdout;
        expect([get("remote.origin.url"), get("remote.origin.fetch")]).toEqual([`${text}\0`, "a\0b\0"]);
      }),
      { numRuns: 80 },
    );
  });

  test.each(["", "global"])("puts settings of the section %j first, and a list as its program wants it", (first) => {
    const format = ini({ globalSection: first, separator: " = ", lists: { between: "," }, booleans: ["yes", "no"] });
    const text = textOf(format, { Z: { d: "e" }, [first]: { b: true, a: [1, 2] } });
    expect(text).toBe("a = 1,2\nb = yes\n\n[Z]\nd = e\n");
  });

  test.each<[what: string, path: readonly string[], value: unknown]>([
    ["a newline, which would begin another setting", ["a", "b"], { a: { b: "c\nd=e", other: 1 } }],
    ["spaces around a text, which would be lost", ["a", "b"], { a: { b: " c" } }],
    ["a list", ["a", "b"], { a: { b: ["c"] } }],
    ["null", ["a", "b"], { a: { b: null } }],
    ["an object in a section", ["a", "b"], { a: { b: { c: 1 } } }],
    ["a setting without section", ["a"], { a: 1 }],
    ["a section that would end early", ["a]\n[b"], { a: {}, "a]\n[b": { c: 1 } }],
    ["a section without name", [""], { "": { c: 1 } }],
    ["a key that is another setting", ["a", "b=c"], { a: { b: 1, "b=c": 1 } }],
    ["a key that is a comment", ["a", "# b"], { a: { "# b": 1 } }],
    ["an empty key", ["a", ""], { a: { "": 1 } }],
    ["what is no number", ["a", "b"], { a: { b: Number.NaN } }],
  ])("refuses %s where it stands", (_, path, value) => {
    expect(take(ini(), value)).toEqual({ problem: expect.stringMatching(/^Cannot /), path: ["settings", ...path] });
  });

  test("says of a wrong name what is wrong with it", () => {
    const { diagnostics } = evaluateSettings(ini(), { a: { "b=c": 1 } });
    expect(diagnostics).toMatchObject([{ why: ['The first "=" of a line ends the key'], fix: "Write another name" }]);
  });
});

describe("keyValue", () => {
  test("writes what sh reads back, whatever the texts", { timeout: 30_000 }, () => {
    const format = keyValue({ quote: "shell" });
    assert(
      property(
        string({ unit: "grapheme", maxLength: 12 }).filter((text) => !text.includes("\0")),
        (text) => {
          const { stdout } = spawnSync("sh", ["-c", `${textOf(format, { VALUE: text })}printf %s "$VALUE"`], {
            encoding: "utf8",
          });
          expect(stdout).toBe(text);
        },
      ),
      { numRuns: 80 },
    );
  });

  test("writes lists that sh reads back", () => {
    const format = keyValue({ quote: "shell", lists: { between: " " } });
    const text = textOf(format, { FLAGS: ["-a", "it's", 3, true], NONE: [], ONE: "a b" });
    const { stdout } = spawnSync("sh", ["-c", `${text}printf '%s|' "$FLAGS" "$NONE" "$ONE"`], { encoding: "utf8" });
    expect(stdout).toBe("-a it's 3 true||a b|");
  });

  test("refuses a value that would be two of a list", () => {
    const format = keyValue({ lists: { between: "," } });
    expect(take(format, { A: ["b", "c,d"] })).toMatchObject({ path: ["settings", "A", "1"] });
    expect(take(format, { A: "c,d" })).toEqual({ text: "A=c,d\n" });
  });

  test("sorts keys, and writes what programs such as sshd read", () => {
    const format = keyValue({ separator: " ", booleans: ["yes", "no"], lists: "repeat" });
    expect(textOf(format, { Port: [22, 2222], AllowTcpForwarding: false })).toBe(
      "AllowTcpForwarding no\nPort 22\nPort 2222\n",
    );
  });

  test("refuses a name that sh does not take", () => {
    expect(take(keyValue({ quote: "shell" }), { a: 1, "a b": 1 })).toMatchObject({ path: ["settings", "a b"] });
  });
});

test("no format throws, whatever it is given", () => {
  const formats: readonly Format<never, unknown>[] = [json(), yaml(), toml(), ini(), keyValue()] as never; // Any of them.
  assert(
    property(anything({ withNullPrototype: true }), (value) => {
      for (const format of formats) expect(take(format, { value })).toBeTypeOf("object");
    }),
    { numRuns: 100 },
  );
  assert(
    property(double(), (value) => void expect(take(json(), { value })).toBeTypeOf("object")),
    { numRuns: 50 },
  );
});
