import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findOwner, isTest, listPackages, readSources } from "./workspace-files.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "firn-workspace-"));
  for (const path of [
    "hosts/web/src/index.ts",
    "packages/a/src/b/c.ts",
    "packages/a/src/a.ts",
    "packages/a/cases/d.test.ts",
    "packages/a/cases/fixtures/wrong.ts",
    "packages/a/dist/e.ts",
    "packages/empty/readme",
    "docs/src/x.ts",
  ]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), `// ${path}\n`);
  }
});
afterEach(() => rmSync(root, { recursive: true }));

describe("readSources", () => {
  test("reads what packages, modules and hosts consist of, in order", () => {
    expect(readSources(root)).toEqual(
      ["packages/a/cases/d.test.ts", "packages/a/src/a.ts", "packages/a/src/b/c.ts", "hosts/web/src/index.ts"].map(
        (path) => ({
          path,
          text: `// ${path}\n`,
        }),
      ),
    );
  });
});

describe("listPackages", () => {
  test("leaves out folders without sources", () => {
    expect(listPackages(root)).toEqual([
      { area: "packages", folder: "a" },
      { area: "hosts", folder: "web" },
    ]);
  });
});

describe("findOwner", () => {
  test.each([
    ["packages/option/src/a.ts", { area: "packages", folder: "option" }],
    ["packages/tsconfig.json", undefined],
    ["tools/layers.ts", undefined],
  ])("of %s", (path, owner) => expect(findOwner(path)).toEqual(owner));
});

describe("isTest", () => {
  test.each([
    ["packages/a/src/a.test.ts", true],
    ["packages/a/src/testing.ts", true],
    ["packages/a/cases/case.ts", true],
    ["packages/a/src/a.ts", false],
  ])("of %s is %s", (path, answer) => expect(isTest(path)).toBe(answer));
});
