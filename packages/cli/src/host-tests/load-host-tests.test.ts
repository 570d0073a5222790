import { isDiagnosticError } from "@firn/diagnostic";
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeFailure } from "./describe-failure.ts";
import { expectValue } from "./expect-value.ts";
import { type LoadedTests, loadHostTests } from "./load-host-tests.ts";

let root = "";
beforeEach(() => void (root = realpathSync(mkdtempSync(join(tmpdir(), "firn-host-test-")))));
afterEach(() => rmSync(root, { recursive: true }));
// Other tests of this thread read stacks as they are.
afterAll(() => process.setSourceMapsEnabled(false));

function load(text: string): Promise<LoadedTests> {
  writeFileSync(join(root, "host-test.ts"), text);
  return loadHostTests({ host: "web", root, file: "host-test.ts" });
}

/** Loads tests that are wrong, and gives the reasons. */
async function reasonsOf(text: string): Promise<string> {
  const thrown: unknown = await load(text).catch((error: unknown) => error);
  if (!isDiagnosticError(thrown)) throw thrown;
  return thrown.diagnostics.flatMap(({ code, why = [] }) => [code, ...why]).join("\n");
}

describe("loadHostTests", () => {
  test("loads TypeScript with what it imports, and keeps the order of the tests", async () => {
    writeFileSync(join(root, "packages.ts"), 'export const packages: readonly string[] = ["nginx-light"];\n');
    const { host, packages, tests } = await load(
      'import { packages } from "./packages.ts";\nexport default { packages, tests: { z: () => {}, a: () => {} } };\n',
    );
    expect({ host, packages, titles: tests.map(([title]) => title) }).toEqual({
      host: "web",
      packages: ["nginx-light"],
      titles: ["z", "a"],
    });
  });

  test.each([
    ["export const tests = {};", "Its default export is not what defineTests gives"],
    ["export default { tests: { a: 1 } };", "Its default export is not what defineTests gives"],
    ["export default { tests: {}, packages: 'nginx' };", "Its packages are not a list of names"],
    ['import "./nothing.ts";\nexport default {};', "Could not resolve './nothing.ts'"],
    ["export default (", "host-test.ts:1:"],
    ['throw new Error("on strike");', "on strike"],
  ])("refuses %j", async (text, reason) => {
    const reasons = await reasonsOf(text);
    expect(reasons).toContain("bad-host-test");
    expect(reasons).toContain(reason);
  });
});

describe("describeFailure", () => {
  /** Runs the first test of a file, and describes why it failed. */
  async function failureOf(text: string): Promise<string[]> {
    const { tests } = await load(text);
    const [[, run] = ["", () => {}]] = tests;
    try {
      // Tests that fail here use no host.
      await run({ expect: expectValue } as Parameters<typeof run>[0]);
      return [];
    } catch (thrown) {
      return describeFailure(thrown, root);
    }
  }

  test("shows the line of the test, as it is in its file", async () => {
    const text = [
      "interface Gone { a: number }",
      "export default {",
      "  tests: {",
      "    async fails({ expect }: { expect: (value: Gone) => { toEqual(value: Gone): void } }) {",
      "      expect({ a: 1 }).toEqual({ a: 2 });",
      "    },",
      "  },",
      "};",
    ];
    const lines = await failureOf(text.join("\n"));
    expect(lines[0]).toContain("deep-equal");
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^at host-test\.ts:5:\d+$/),
      "5 |       expect({ a: 1 }).toEqual({ a: 2 });",
    ]);
  });

  test("shows what is thrown that is no error", async () => {
    expect(await failureOf('export default { tests: { a() { throw "oh"; } } };')).toEqual(["It threw oh"]);
  });
});
