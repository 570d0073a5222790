import { describe, expect, test } from "vitest";
import { checkImports } from "./import-graph.ts";
import { readSources } from "./workspace-files.ts";

/** Checks one file that holds one import. */
const check = (path: string, specifier: string) => checkImports([{ path, text: `import "${specifier}";` }]);

describe("checkImports allows", () => {
  test.each([
    ["a package above in the table", "packages/option/src/a.ts", "@firn/definition"],
    ["a package of other people", "packages/option/src/a.ts", "zod/mini"],
    ["the machine in the layer of effects", "packages/loader/src/a.ts", "node:fs"],
    ["the machine in a test", "packages/option/src/a.test.ts", "node:fs"],
    ["a test to use its package by name", "packages/option/src/a.test.ts", "@firn/option"],
    ["a test to use a contract suite", "packages/loader/src/a.test.ts", "@firn/option/testing"],
    ["a module to use the language", "modules/nginx/src/index.ts", "firn"],
    ["a module to use a module", "modules/nginx/src/index.ts", "@modules/firewall"],
    ["a host to use a schema", "hosts/web/src/index.ts", "zod"],
    ["a test of a module to use the runner", "modules/nginx/src/index.test.ts", "vitest"],
  ])("%s", (_, path, specifier) => expect(check(path, specifier)).toEqual([]));
});

describe("checkImports refuses", () => {
  test.each([
    // A higher layer, and another package than the one way in.
    ["packages/definition/src/a.ts", "@firn/option", "above it in the table"],
    ["packages/definition/src/a.test.ts", "@firn/cli", "above it in the table"],
    ["packages/option/src/a.ts", "@firn/definition/src/order.ts", "its one way in"],
    ["packages/cli/src/a.ts", "@firn/option/testing", "its one way in"],
    ["packages/option/src/a.ts", "../../definition/src/order.ts", "another package"],
    ["packages/option/src/a.ts", "./order", "named with its ending"],
    ["packages/option/src/a.ts", "@firn/option", "by their paths"],
    // The machine, below the layer of effects.
    ["packages/option/src/a.ts", "node:fs", "does not touch the machine"],
    ["packages/loader/src/a.ts", "fs", 'its name is "node:fs"'],
    ["hosts/web/src/index.ts", "node:os", "evaluation of hosts is pure"],
    // Between the engine and what it evaluates.
    ["packages/cli/src/a.ts", "@modules/nginx", "knows no module"],
    ["packages/cli/src/a.test.ts", "@hosts/web", "knows no module"],
    ["modules/nginx/src/index.ts", "@firn/option", 'modules import "firn"'],
    ["hosts/web/src/index.ts", "@hosts/mail", 'hosts import "firn"'],
    ["hosts/web/src/index.ts", "@modules/nginx/src/index.ts", "its one way in"],
  ])("in %s: %s", (path, specifier, reason) => {
    const problem = expect.stringMatching(`^${path}:1: Cannot import "${specifier}": .*${reason}`);
    expect(check(path, specifier)).toEqual([problem]);
  });
});

test("this workspace imports along its layers", () => {
  expect(checkImports(readSources(process.cwd()))).toEqual([]);
});
