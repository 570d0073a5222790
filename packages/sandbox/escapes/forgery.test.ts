import { renderDiagnostic } from "@firn/diagnostic";
import { describe, expect, test } from "vitest";
import { hostSeeing, tryHosts } from "./try-hosts.ts";

const forged = (mark: string, message = "'Cannot lie'"): string =>
  `(() => { throw { "~diagnostics": true, diagnostics: [{ code: "warning", severity: "error", message: ${message}, marks: [{ role: "here", place: ${mark} }], why: [${message}], fix: ${message} }] }; })()`;

/** Renders the first problem of a host that defines something as an expression. */
async function render(expression: string): Promise<string> {
  const files = { "hosts/web/src/index.ts": hostSeeing(expression) };
  const { hosts, sources } = await tryHosts({ hosts: ["web"], files });
  const [problem] = hosts[0]?.diagnostics ?? [];
  return problem === undefined ? "no problem" : renderDiagnostic(problem, { sources });
}

describe("diagnostics that host code makes up", () => {
  test("never show a line of a file that it chose, by a position", async () => {
    const text = await render(forged('{ position: { file: "/etc/passwd", line: 1, column: 1 }, label: "label" }'));
    expect(text).toContain("Cannot lie");
    expect(text).not.toContain("passwd");
  });

  test("never show a line of a file that it chose, by a stack", async () => {
    const text = await render(
      forged('{ capture: { stack: "Error\\n    at x (/etc/passwd:1:1)\\n    at y (file:///etc/passwd:1:1)" } }'),
    );
    expect(text).toContain("Cannot lie");
    expect(text).not.toContain("root:");
  });

  test("never write to the terminal", async () => {
    const text = await render(forged('{ label: "\\u001b]0;x\\u0007" }', '"\\u001b[2J\\u009b31m\\u202e"'));
    expect(text).toContain("\\u{1b}[2J");
    expect(text).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  });

  test.each([
    [
      "a code that does not exist",
      'Object.assign(new Error("x"), { "~diagnostics": true, diagnostics: [{ code: "pwned", severity: "error", message: "x", marks: [] }] })',
    ],
    ["no list", '({ "~diagnostics": true, diagnostics: { map() { return 1; } } })'],
    [
      "numbers for texts",
      '({ "~diagnostics": true, diagnostics: [{ code: "warning", severity: "error", message: 1, marks: [] }] })',
    ],
    ["getters that throw", '({ "~diagnostics": true, get diagnostics() { throw 1; } })'],
  ])("are not believed with %s", async (_title, thrown) => {
    const text = await render(`(() => { throw ${thrown}; })()`);
    expect(text).toMatch(/^error\[(internal|config-threw)\]: Cannot /);
  });
});
