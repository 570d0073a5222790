import { rmSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { problemsOf, showProblems } from "../test/shown-problems.ts";
import { createFlake, type Files } from "../test/temporary-flake.ts";

const entry = "hosts/web/src/index.ts";
const web = 'import { defineModule } from "firn";\nexport default defineModule({});\n';

describe("findHost", () => {
  test.each<[what: string, files: Files, expected: string]>([
    ["package.json is empty", { "hosts/web/package.json": "" }, "bad-host-package hosts/web/package.json:1:1"],
    [
      "package.json is no JSON",
      { "hosts/web/package.json": '{\n  "name": }' },
      "bad-host-package hosts/web/package.json:2:11",
    ],
    ["package.json is no object", { "hosts/web/package.json": "null" }, "bad-host-package hosts/web/package.json:1:1"],
    ["package.json names no entry", { "hosts/web/package.json": "{}" }, "bad-host-package hosts/web/package.json:1:1"],
    ["the entry is not there", { "hosts/web/readme.md": "" }, "bad-host-package hosts/web/package.json:1:38"],
  ])("reports that %s", async (_what, files, expected) => {
    expect(await problemsOf(files)).toEqual([expected]);
  });

  test("reports a folder without package.json", async () => {
    const flake = await createFlake({ [entry]: web });
    rmSync(flake.path("hosts/web/package.json"));
    const loaded = await flake.load();
    expect(await showProblems(flake, loaded)).toEqual(["bad-host-package"]);
    expect(loaded.hosts[0]?.diagnostics[0]?.fix).toContain(flake.path("hosts/web/package.json"));
  });

  test.each(["../hosts/web", ".", "..", "", "web/", "web\0"])("takes %j for no name of a host", async (name) => {
    const flake = await createFlake({ [entry]: web });
    expect(await showProblems(flake, await flake.load(name))).toEqual(["unknown-host"]);
  });
});

describe("checkMembership", () => {
  test("reports a host that is nowhere, with the names that there are, nearest first", async () => {
    const flake = await createFlake({ [entry]: web, "hosts/db/src/index.ts": web });
    const [unknown] = (await flake.load("wbe")).hosts.flatMap(({ diagnostics }) => diagnostics);
    expect(unknown?.code).toBe("unknown-host");
    expect(unknown?.why).toEqual(['The flake has the hosts "db", "web"']);
    expect(unknown?.fix).toBe('Write "db" or "web", or make it: a package in the folder hosts/wbe');
  });

  test("reports a host that the globs leave out", async () => {
    const files = { [entry]: web, "pnpm-workspace.yaml": 'packages: ["hosts/*", "!hosts/web"]' };
    expect(await problemsOf(files)).toEqual(["bad-host-package"]);
  });

  test.each<[what: string, text: string, expected: string]>([
    ["cannot be parsed", "packages:\n  - a\n b", "bad-workspace pnpm-workspace.yaml:3:1"],
    ["has no list of globs", "# none\npackages: 1", "bad-workspace pnpm-workspace.yaml:2:1"],
  ])("cannot tell when pnpm-workspace.yaml %s", async (_what, text, expected) => {
    expect(await problemsOf({ [entry]: web, "pnpm-workspace.yaml": text })).toEqual([expected]);
  });
});
