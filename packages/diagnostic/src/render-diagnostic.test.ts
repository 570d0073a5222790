import { expect, test } from "vitest";
import { type Diagnostic, renderDiagnostic, renderPath, renderValue, type Sources } from "@firn/diagnostic";

const problem: Diagnostic = {
  code: "type-mismatch",
  severity: "error",
  message: "Cannot take it",
  marks: [{ role: "defined here", place: { label: "web" } }],
  why: ["first", "second\nline"],
  fix: "Mend it",
};
const at = (lineText: string, column: number): Sources => ({
  locate: () => ({ file: "/flake/a.ts", line: 12, column, lineText, exact: true }),
});

test("renderDiagnostic shows what, where, why and fix in this order", () => {
  expect(renderDiagnostic(problem, { sources: at("  port: 80,", 3), showFile: () => "a.ts" })).toBe(
    [
      "error[type-mismatch]: Cannot take it",
      "  at a.ts:12:3",
      "  12 | port: 80,",
      "     | ^ defined here",
      "  why: first",
      "  why: second",
      "       line",
      "  fix: Mend it",
    ].join("\n"),
  );
});

test("renderDiagnostic names the label of a place that has no position", () => {
  expect(renderDiagnostic(problem)).toContain("  at web: defined here");
});

test("renderDiagnostic shows the part of a long line that the caret is in", () => {
  const long = `${"x".repeat(300)}here${"y".repeat(300)}`;
  const [, , line = "", caret = ""] = renderDiagnostic(problem, { sources: at(long, 301) }).split("\n");
  expect(line.length).toBeLessThan(130);
  expect(line.slice(caret.indexOf("^"))).toMatch(/^here/);
});

test("renderDiagnostic colors only when asked", () => {
  expect(renderDiagnostic(problem)).not.toContain("\u001b");
  expect(renderDiagnostic(problem, { color: true })).toContain("\u001b[31merror[type-mismatch]\u001b[0m");
});

test.each([
  [["a", "b"], "a.b"],
  [["a.b", "c d", "0"], '"a.b"."c d".0'],
  [[], ""],
])("renderPath renders %j", (path, text) => {
  expect(renderPath(path)).toBe(text);
});

const cyclic: Record<string, unknown> = {};
cyclic["self"] = cyclic;
const hostile = new Proxy(
  {},
  {
    ownKeys() {
      throw new Error("no");
    },
  },
);

test.each([
  ["text", '"text"'],
  [null, "null"],
  [undefined, "undefined"],
  [Number.NaN, "NaN"],
  [5n, "5n"],
  [[1, [2, [3, [4]]]], "[1, [2, [3, […]]]]"],
  [{ "a-b": 1, c: { d: 2 } }, '{ "a-b": 1, c: { d: 2 } }'],
  [[1, 2, 3, 4, 5, 6, 7], "[1, 2, 3, 4, 5, 6, …]"],
  [new Date(0), "a value of class Date"],
  [hostile, "a value that cannot be shown"],
])("renderValue renders values on one short line", (value, text) => {
  expect(renderValue(value)).toBe(text);
});

test("renderValue ends for whatever contains itself, and cuts what is long", () => {
  expect(renderValue(cyclic)).toBe("{ self: { self: { self: {…} } } }");
  expect(renderValue("x".repeat(1000)).length).toBeLessThanOrEqual(72);
});
