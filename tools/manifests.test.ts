import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findStaleManifests, writeManifests } from "./manifests.ts";

let root = "";
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "firn-manifests-"));
});
afterEach(() => rmSync(root, { recursive: true }));

describe("writeManifests", () => {
  test("takes dependencies from the imports", () => {
    write("packages/option/src/index.ts", 'export { a } from "./a.ts";\nimport "node:fs";\nimport "zod/mini";');
    write("packages/option/src/a.ts", 'import type { B } from "@firn/definition";');
    write("packages/option/src/a.test.ts", 'import "vitest";\nimport "@firn/option";\nimport "yaml";\nimport "zod";');
    writeManifests(root);
    expect(read("packages/option/package.json")).toMatchObject({
      name: "@firn/option",
      description: expect.stringMatching(/^Declares options/),
      exports: { ".": "./src/index.ts" },
      dependencies: { "@firn/definition": "workspace:*", zod: "catalog:" },
      devDependencies: { yaml: "catalog:" },
    });
    expect(read("packages/option/tsconfig.json")).toEqual({ extends: "../tsconfig.json", include: ["src"] });
  });

  test("offers a contract suite where there is one", () => {
    write("packages/option/src/testing.ts", "export {};");
    writeManifests(root);
    expect(read("packages/option/package.json").exports).toEqual({
      ".": "./src/index.ts",
      "./testing": "./src/testing.ts",
    });
  });

  test("keeps description and scripts, and has turbo check each host", () => {
    write("hosts/web/src/index.ts", 'import nginx from "@modules/nginx";');
    write("hosts/web/package.json", '{ "description": "The web server", "scripts": { "test": "true" }, "main": "x" }');
    writeManifests(root);
    const { main, ...manifest } = read("hosts/web/package.json");
    expect(main).toBeUndefined();
    expect(manifest).toMatchObject({
      name: "@hosts/web",
      description: "The web server",
      scripts: { test: "true", check: "node ../../tools/firn.mjs check web" },
      dependencies: { "@modules/nginx": "workspace:*" },
    });
  });

  test("writes nothing the second time", () => {
    write("packages/option/src/index.ts", "export {};");
    expect(writeManifests(root)).toEqual(["packages/option/package.json", "packages/option/tsconfig.json"]);
    expect(writeManifests(root)).toEqual([]);
  });
});

test("this workspace has the manifests that `pnpm manifests` writes", () => {
  expect(findStaleManifests(process.cwd())).toEqual([]);
});
