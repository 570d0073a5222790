import files from "@modules/files";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

function evaluateFiles(etc: object) {
  const host = defineModule({
    imports: [files],
    config: (_, define) => define({ environment: { etc: etc as never } }), // Wrong ones are tried, too.
  });
  return evaluate({ modules: [host] });
}

describe("environment.etc", () => {
  test.each([
    ["json", { b: [1, null], a: "x" }, '{\n  "a": "x",\n  "b": [\n    1,\n    null\n  ]\n}\n'],
    ["yaml", { b: ["no"], a: 1 }, 'a: 1\nb:\n  - "no"\n'],
    ["toml", { s: { b: 1, a: true } }, "[s]\na = true\nb = 1\n"],
    ["ini", { s: { b: 1, a: true } }, "[s]\na=true\nb=1\n"],
    ["keyValue", { B: 1, A: "x y" }, "A=x y\nB=1\n"],
  ])("writes settings as %s", (by, settings, text) => {
    const { config, diagnostics } = evaluateFiles({ app: { [by]: settings } });
    expect(diagnostics).toEqual([]);
    expect(config.environment.etc["app"]?.generated).toEqual({ by, text });
  });

  test("has a text and nothing generated where a text is given", () => {
    const { config } = evaluateFiles({ motd: { text: "hello" } });
    expect(config.environment.etc["motd"]).toMatchObject({ text: "hello", generated: null });
  });

  test("refuses settings that the format cannot hold, and two formats for one file", () => {
    expect(evaluateFiles({ app: { toml: { a: null } } }).diagnostics).toHaveLength(1);
    expect(evaluateFiles({ app: { ini: { a: { b: "c\nd" } } } }).diagnostics).toHaveLength(1);
    const [problem] = evaluateFiles({ app: { json: {}, yaml: {} } }).diagnostics;
    expect(problem?.message).toContain("it has several contents: json and yaml");
  });

  test.each(["644", "rw-r--r--", "0888", "00644", ""])("refuses the mode %j at its own line", (mode) => {
    const { diagnostics } = evaluateFiles({ app: { text: "", mode } });
    expect(diagnostics).toMatchObject([
      {
        code: "type-mismatch",
        optionPath: ["environment", "etc", "app", "mode"],
        why: [expect.stringContaining("0644")],
      },
    ]);
  });

  test.each<[mode: string, fix: string]>([["644", 'Write "0644"']])(
    "says what to write for the mode %j",
    (mode, fix) => {
      expect(evaluateFiles({ app: { text: "", mode } }).diagnostics[0]?.fix).toContain(fix);
    },
  );
});
