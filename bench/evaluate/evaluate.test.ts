import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDifference } from "./compare.ts";
import type { OptionRef } from "./configuration.ts";
import { generateConfiguration, optionsPerModule } from "./generate.ts";
import { writeWorkspace } from "./workspace.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-bench-test-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("generateConfiguration", () => {
  it("gives about 1.8 definitions an option", () => {
    const definitions = generateConfiguration(300).modules.flatMap(({ blocks }) =>
      blocks.flatMap((block) => block.definitions),
    );
    expect(definitions.length / (300 * optionsPerModule)).toBeCloseTo(1.8, 1);
  });

  it("never gives an option two definitions of the same priority that cannot be merged", () => {
    const seen = new Set<string>();
    for (const { target, priority } of scalarDefinitions()) {
      const key = `${nameOf(target)} ${priority}`;
      expect(seen).not.toContain(key);
      seen.add(key);
    }
  });
});

describe("writeWorkspace", () => {
  it("renders what Firn and the merge by hand evaluate to the same", async () => {
    const { inProcess } = await writeWorkspace(folder, generateConfiguration(14));
    const outputs = new Map(Object.keys(inProcess).map((name) => [name, join(folder, `${name}.json`)]));
    execFileSync(process.execPath, [inProcess.firn, join(folder, "firn.json")]);
    execFileSync(process.execPath, [inProcess.hand, join(folder, "hand.json")]);
    expect(findDifference(outputs)).toBeUndefined();
  }, 30_000);
});

describe("findDifference", () => {
  it("names the program and the first line that differs, whatever the order of keys", () => {
    const outputs = new Map([
      ["one", write("one.json", { services: { a: { x: 1, y: 2 } } })],
      ["two", write("two.json", { services: { a: { y: 2, x: 1 } } })],
      ["three", write("three.json", { services: { a: { x: 1, y: 3 } } })],
    ]);
    expect(findDifference(outputs)).toBe('three differs from one at line 4: "y": 3, and not "y": 2');
  });
});

function scalarDefinitions(): { target: OptionRef; priority: unknown }[] {
  const { modules } = generateConfiguration(100);
  return modules
    .flatMap(({ blocks }) => blocks.flatMap((block) => block.definitions))
    .filter(({ target }) => /^(enable|flag|text|number)/.test(target.option));
}

function nameOf({ module, option }: OptionRef): string {
  return `${module}.${option}`;
}

function write(name: string, content: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return join(folder, name);
}
