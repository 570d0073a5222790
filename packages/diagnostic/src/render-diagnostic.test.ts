import { type Diagnostic, renderDiagnostic, type Sources } from "@firn/diagnostic";
import { expect, test } from "vitest";

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
  [1, "a: 1,", "^"],
  [3, "  a: 1,", "^"],
  [5, "\t\ta: 1,", "  ^"],
])("renderDiagnostic puts the caret below column %i of %j", (column, lineText, caret) => {
  const text = renderDiagnostic(problem, { sources: at(lineText, column) });
  expect(text.split("\n")[3]).toBe(`     | ${caret} defined here`);
});

test("renderDiagnostic shows the known position of a place, and no line where none can be read", () => {
  const position = { file: "/flake/flake.yaml", line: 2, column: 5 };
  const known = {
    ...problem,
    marks: [
      { role: "written here", place: { position } },
      { role: "and here", place: {} },
    ],
  };
  expect(renderDiagnostic(known)).toContain(
    "  at /flake/flake.yaml:2:5: written here\n  at an unknown place: and here\n",
  );
});

test("renderDiagnostic shows a warning as one", () => {
  const warning = { ...problem, severity: "warning", marks: [], why: [] } as const;
  expect(renderDiagnostic(warning, { color: true })).toContain("\u001b[33mwarning[type-mismatch]\u001b[0m");
  expect(renderDiagnostic(warning)).toBe("warning[type-mismatch]: Cannot take it\n  fix: Mend it");
});
