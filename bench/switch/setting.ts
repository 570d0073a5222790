import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** How files come to the machine: links into the generation, or files of their own. */
export type Kind = "links" | "real files";

/** A tree of files, and two flakes whose host has them below `/srv/tree`: in the second, every tenth is another. */
export interface Setting {
  readonly folder: string;
  readonly tree: string;
  readonly first: string;
  readonly second: string;
}

/** Files in one directory, as many as a configuration may well have in one. */
const perDirectory = 50;

/** Writes a setting of so many files, of about half a KiB each. */
export function writeSetting(folder: string, { files, kind }: { files: number; kind: Kind }): Setting {
  const setting = {
    folder,
    tree: join(folder, "tree"),
    first: join(folder, "first"),
    second: join(folder, "second"),
  };
  for (let index = 0; index < files; index++) write(join(setting.tree, pathOf(index)), contentOf(index, 1));
  writeFlake(setting.first, { files, kind, version: 1 });
  writeFlake(setting.second, { files, kind, version: 2 });
  return setting;
}

function pathOf(index: number): string {
  return `d${Math.floor(index / perDirectory)}/file${index}`;
}

function contentOf(index: number, version: number): string {
  const number = version === 2 && index % 10 === 0 ? 2 : 1;
  return `# File ${index}, version ${number}\n`.padEnd(512, "key = value\n");
}

function writeFlake(flake: string, { files, kind, version }: { files: number; kind: Kind; version: number }): void {
  const all = Array.from({ length: files }, (_, index) => [
    `/srv/tree/${pathOf(index)}`,
    { text: contentOf(index, version), ...(kind === "real files" && { mode: "0644" }) },
  ]);
  const host = `import { defineModule, option, types } from "firn";
import files from "./files.json" with { type: "json" };

export default defineModule({
  options: { environment: { files: option({ type: types.attrsOf(types.anything), default: {} }) } },
  config(_config, define) {
    define({ environment: { files } });
  },
});
`;
  const texts: Record<string, string> = {
    "flake.yaml": "name: bench\n",
    "lockfile.json": '{\n  "lockfileVersion": 1,\n  "inputs": {}\n}\n',
    "pnpm-workspace.yaml": "packages:\n  - hosts/*\n",
    "hosts/bench/package.json": '{ "name": "@hosts/bench", "type": "module", "exports": { ".": "./src/index.ts" } }\n',
    "hosts/bench/src/index.ts": host,
    "hosts/bench/src/files.json": JSON.stringify(Object.fromEntries(all)),
  };
  for (const [path, text] of Object.entries(texts)) write(join(flake, path), text);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
