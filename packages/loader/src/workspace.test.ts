import { listHosts, readWorkspace } from "@firn/loader";
import { describe, expect, test } from "vitest";
import { createFolder, type Files, writeAll } from "../test/temporary-flake.ts";

function createRoot(files: Files): string {
  const root = createFolder();
  writeAll(root, { "flake.yaml": "name: example\n", ...files });
  return root;
}

const manifest = (name: string): string => JSON.stringify({ name, exports: "./src/index.ts" });

describe("readWorkspace", () => {
  test("lists what the globs take, with kind, name and entry", async () => {
    const root = createRoot({
      "pnpm-workspace.yaml": "packages:\n  - hosts/*\n  - modules/**\n  - packages/{a,b}\n  - '!**/old'\n",
      "hosts/web/package.json": manifest("@hosts/web"),
      "hosts/old/package.json": manifest("@hosts/old"),
      "hosts/no-package/readme.md": "",
      "hosts/web/node_modules/dep/package.json": manifest("dep"),
      "modules/net/dns/package.json": manifest("@modules/dns"),
      "modules/net/dns/node_modules/dep/package.json": manifest("dep"),
      "packages/a/package.json": "{}",
      "packages/c/package.json": "{}",
    });
    expect(await readWorkspace({ root })).toEqual({
      name: "example",
      packages: [
        {
          name: "web",
          kind: "host",
          directory: `${root}/hosts/web`,
          entry: `${root}/hosts/web/src/index.ts`,
          packageName: "@hosts/web",
        },
        {
          name: "dns",
          kind: "module",
          directory: `${root}/modules/net/dns`,
          entry: `${root}/modules/net/dns/src/index.ts`,
          packageName: "@modules/dns",
        },
        { name: "a", kind: "package", directory: `${root}/packages/a` },
      ],
      diagnostics: [],
    });
  });

  test("takes the folder's name when flake.yaml has none", async () => {
    const root = createRoot({ "flake.yaml": "{}\n", "pnpm-workspace.yaml": "packages: []\n" });
    expect(root.endsWith((await readWorkspace({ root })).name)).toBe(true);
  });

  test("reports every file that is wrong, at its line", async () => {
    const root = createRoot({
      "flake.yaml": "name: a\n  b: c\n",
      "pnpm-workspace.yaml": "packages:\n  - modules/*\n",
      "modules/a/package.json": '{ "name": "a"',
      "modules/b/package.json": "null",
    });
    const { diagnostics } = await readWorkspace({ root });
    const shown = diagnostics.map(({ code, marks: [mark] }) => {
      const { file = "", line, column } = mark?.place.position ?? {};
      return `${code} ${file.replace(`${root}/`, "")}:${line}:${column}`;
    });
    expect(shown).toEqual([
      "bad-workspace flake.yaml:1:7",
      "bad-workspace modules/a/package.json:1:14",
      "bad-workspace modules/b/package.json:1:1",
    ]);
  });

  test("reports a file that is not there", async () => {
    const root = createRoot({});
    expect((await listHosts({ root })).diagnostics).toMatchObject([
      { code: "bad-workspace", message: `Cannot read "${root}/pnpm-workspace.yaml"` },
    ]);
  });
});

describe("listHosts", () => {
  test("lists the folders right below hosts/ that the globs take", async () => {
    const root = createRoot({
      "pnpm-workspace.yaml": "packages: ['**', '!hosts/old']\n",
      "hosts/web/package.json": "{}",
      "hosts/old/package.json": "{}",
      "hosts/web/inner/package.json": "{}",
      "modules/hosts/package.json": "{}",
    });
    expect(await listHosts({ root })).toEqual({ names: ["web"], diagnostics: [] });
  });
});

describe("readManifest", () => {
  test("finds the entry that conditional exports and main name", async () => {
    const root = createRoot({
      "pnpm-workspace.yaml": "packages: ['modules/*']\n",
      "modules/a/package.json": JSON.stringify({ exports: { ".": { types: "./t.d.ts", import: "./i.ts" } } }),
      "modules/b/package.json": JSON.stringify({ exports: { require: "./r.cjs", default: "./d.ts" }, main: "./m.ts" }),
      "modules/c/package.json": JSON.stringify({ main: "./m.ts" }),
      "modules/d/package.json": JSON.stringify({ exports: { "./only": "./o.ts" } }),
    });
    const { packages } = await readWorkspace({ root });
    expect(packages.map(({ entry }) => entry?.replace(`${root}/modules/`, ""))).toEqual([
      "a/i.ts",
      "b/d.ts",
      "c/m.ts",
      undefined,
    ]);
  });
});
