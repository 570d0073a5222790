import { DiagnosticError, InternalError, isDiagnosticError } from "@firn/diagnostic";
import { expect, test } from "vitest";

const problem = { severity: "error", marks: [] } as const;

test("DiagnosticError says all its messages to whoever prints it plainly", () => {
  const thrown = new DiagnosticError([
    { ...problem, code: "no-value", message: "Cannot read it" },
    { ...problem, code: "cycle", message: "Cannot go on" },
  ]);
  expect(String(thrown)).toBe("DiagnosticError: Cannot read it (no-value)\nCannot go on (cycle)");
});

test.each([
  [new DiagnosticError([]), true],
  [{ "~diagnostics": true, diagnostics: [] }, true],
  [new Error("other"), false],
  ["text", false],
  [undefined, false],
])("isDiagnosticError of %o is %s", (thrown, expected) => {
  expect(isDiagnosticError(thrown)).toBe(expected);
});

test("InternalError asks for a report and keeps its cause", () => {
  const cause = new Error("deep");
  expect(new InternalError("No node", { cause })).toMatchObject({
    message: expect.stringMatching(/^No node .*please report it/),
    cause,
  });
});
