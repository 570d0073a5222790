import { describe, expect, test } from "vitest";
import { parseAnswer } from "./host-answer.ts";

const answer = { outcome: { kind: "module" }, diagnostics: [] };
const problem = { code: "warning", severity: "error", message: "m", marks: [] };
const parse = (data: object): object => parseAnswer(JSON.stringify({ ...answer, ...data }));

describe("parseAnswer", () => {
  test("gives what it knows, and leaves out what it does not", () => {
    expect(parse({ other: 1, diagnostics: [{ ...problem, cause: {}, other: 1, why: null }] })).toEqual({
      ...answer,
      diagnostics: [problem],
    });
  });

  test("takes no position, since its file would be read to show the line", () => {
    const place = { position: { file: "/etc/passwd", line: 1, column: 1 }, stack: "s", property: ["a"], label: "l" };
    const marks = [{ role: "r", place }];
    expect(parse({ diagnostics: [{ ...problem, marks }] })).toMatchObject({
      diagnostics: [{ marks: [{ role: "r", place: { capture: { stack: "s" }, property: ["a"], label: "l" } }] }],
    });
    expect(JSON.stringify(parse({ diagnostics: [{ ...problem, marks }] }))).not.toContain("passwd");
  });

  test("cuts text that is longer than any honest one", () => {
    const text = JSON.stringify(parse({ diagnostics: [{ ...problem, message: "x".repeat(200_000) }] }));
    expect(text.length).toBeLessThan(110_000);
  });

  test.each([
    ["a kind of outcome", { outcome: { kind: "owned" } }],
    ["a code", { diagnostics: [{ ...problem, code: "owned" }] }],
    ["a severity", { diagnostics: [{ ...problem, severity: "fatal" }] }],
    ["a message that is no text", { diagnostics: [{ ...problem, message: 1 }] }],
    ["marks that are no list", { diagnostics: [{ ...problem, marks: {} }] }],
    ["diagnostics that are missing", { diagnostics: undefined }],
    ["options that are no objects", { options: [1] }],
    ["a list that inherits its fields", { explanations: [{ __proto__: { path: [] } }] }],
  ])("refuses %s that there is none of", (_title, data) => {
    expect(() => parse(data)).toThrow(/^expected /);
  });

  test("says why there is no answer", () => {
    expect(parseAnswer('{"failed":"x"}')).toMatchObject({ failed: "x" });
  });
});
