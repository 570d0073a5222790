import { join } from "node:path";
import { loadBundle } from "@firn/loader";
import { describe, expect, test } from "vitest";
import { runBundle } from "../test/run-bundle.ts";
import { createFlake, createFolder, type TemporaryFlake, writeAll } from "../test/temporary-flake.ts";

const entry = "hosts/web/src/index.ts";

/** Says what went wrong with the host "web": code, file:line:column and message. */
async function problemsOf(flake: TemporaryFlake): Promise<string[]> {
  const loaded = await flake.load();
  const sources = await loaded.openSources();
  return loaded.hosts.flatMap(({ diagnostics }) =>
    diagnostics.map(({ code, marks: [mark], message }) => {
      const at = mark && sources.locate(mark.place);
      return `${code} ${at?.file.replace(`${flake.root}/`, "")}:${at?.line}:${at?.column} ${message}`;
    }),
  );
}

const ofNode = (name: string): string => `Cannot import "${name}": host code may not use the modules of Node.js`;
const whileEvaluating = "while evaluating: what host code is made of must be known before it runs";

describe("an impure import", () => {
  test.each([
    [
      "of a module of Node.js",
      '\nimport { readFileSync } from "node:fs";\nexport default readFileSync;\n',
      `2:30 ${ofNode("node:fs")}`,
    ],
    ["of one without its prefix", 'import * as os from "os";\nexport default os;\n', `1:21 ${ofNode("os")}`],
    [
      "of a part of one",
      'import { readFile } from "fs/promises";\nexport default readFile;\n',
      `1:26 ${ofNode("fs/promises")}`,
    ],
    ["for its effect", 'import "node:http";\n', `1:8 ${ofNode("node:http")}`],
    ["by an export", 'export * from "node:fs";\n', `1:15 ${ofNode("node:fs")}`],
    [
      "of an address",
      'import a from "https://a.example/a.ts";\nexport default a;\n',
      '1:15 Cannot import "https://a.example/a.ts": it is an address, not a package of the flake',
    ],
    [
      "of a data address",
      'import "data:text/javascript,1";\n',
      '1:8 Cannot import "data:text/javascript,1": it is an address, not a package of the flake',
    ],
    ["by import()", 'const a = 1;\nexport default import("./a.ts");\n', `2:16 Cannot import ${whileEvaluating}`],
    [
      "by import() of something computed",
      "export const read = (a: string) => import(a);\n",
      `1:36 Cannot import ${whileEvaluating}`,
    ],
    ["by require", 'export default require("node:fs");\n', `1:24 ${ofNode("node:fs")}`],
  ])("%s is refused by name and line", async (_title, text, expected) => {
    const flake = await createFlake({ [entry]: text, "hosts/web/src/a.ts": "" });
    expect(await problemsOf(flake)).toEqual([`impure-import ${entry}:${expected}`]);
  });

  test("is none when it stands in a text or a comment", async () => {
    const text = `import { defineModule } from "firn";
// import("node:fs") and import.meta.url
export default defineModule({ name: 'import("node:fs"); require("os"); import.meta.url' });
`;
    const { hosts } = await (await createFlake({ [entry]: text })).load();
    expect(hosts[0]?.module?.settings.name).toBe('import("node:fs"); require("os"); import.meta.url');
  });

  test("in a module is reported at the line of the module", async () => {
    const flake = await createFlake({
      [entry]: 'import a from "@modules/a";\nexport default a;\n',
      "modules/a/src/index.ts": 'import b from "./b.ts";\nexport default b;\n',
      "modules/a/src/b.ts": '\nexport { cwd as default } from "node:process";\n',
    });
    expect(await problemsOf(flake)).toEqual([`impure-import modules/a/src/b.ts:2:32 ${ofNode("node:process")}`]);
  });

  test("of a file outside of the flake is refused, however it is named", async () => {
    const elsewhere = createFolder();
    writeAll(elsewhere, { "a.ts": "export const a = 1;\n" });
    const relativeName = `../../../..${"/..".repeat(8)}${elsewhere}/a.ts`;
    const flake = await createFlake({ [entry]: `import { a } from "${relativeName}";\nexport default a;\n` });
    expect(await problemsOf(flake)).toEqual([
      `impure-import ${entry}:1:19 Cannot import "${relativeName}": it does not belong to the flake`,
    ]);
  });

  test("of a package that is installed but not of the flake is refused", async () => {
    const flake = await createFlake({
      [entry]: 'import { pad } from "padder";\nexport default pad;\n',
      "node_modules/padder/package.json": '{ "name": "padder", "exports": "./index.js" }',
      "node_modules/padder/index.js": "export const pad = 1;\n",
    });
    expect(await problemsOf(flake)).toEqual([
      `impure-import ${entry}:1:21 Cannot import "padder": it does not belong to the flake`,
    ]);
  });

  test("is none when the file is that of an input", async () => {
    const input = createFolder();
    writeAll(input, { "src/name.ts": 'export const name = "input";\n' });
    const name = `${"../".repeat(12)}${join(input, "src/name.ts").slice(1)}`;
    const flake = await createFlake({
      [entry]: `import { defineModule } from "firn";\nimport { name } from "${name}";\nexport default defineModule({ name });\n`,
    });
    const { cacheDirectory } = flake;
    const bundle = await loadBundle(flake, ["web"], { shared: ["firn"], cacheDirectory, inputFolders: [input] });
    const loaded = await runBundle(bundle);
    expect(loaded.hosts[0]?.module?.settings.name).toBe("input");
  });
});
