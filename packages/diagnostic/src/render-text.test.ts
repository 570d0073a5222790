import { renderDiagnostic, renderText } from "@firn/diagnostic";
import { expect, test } from "vitest";

const escape = "\u001b[31m\u009b2J\u202e\r\u0007";

test.each([
  ["plain text, ümlauts and 日本", "plain text, ümlauts and 日本"],
  ["two\n\tlines", "two\n\tlines"],
  [escape, String.raw`\u{1b}[31m\u{9b}2J\u{202e}\u{d}\u{7}`],
])("renderText shows %j by its characters", (text, shown) => {
  expect(renderText(text)).toBe(shown);
});

test("renderDiagnostic hands no control character of its parts to the terminal", () => {
  const place = { label: escape };
  const located = { file: escape, line: 1, column: 1, lineText: escape, exact: true };
  const problem = {
    code: "warning",
    severity: "warning",
    message: escape,
    marks: [{ role: escape, place }],
    why: [escape],
    fix: escape,
  } as const;
  for (const options of [{}, { sources: { locate: () => located } }]) {
    expect(renderDiagnostic(problem, options)).not.toMatch(/[^\P{Cc}\n]/u);
  }
});
