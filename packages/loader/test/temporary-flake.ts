import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { loadBundle } from "@firn/loader";
import { type Loaded, runBundle } from "./run-bundle.ts";

/** Texts of files by path. */
export type Files = Readonly<Record<string, string>>;

/** A flake in a temporary folder that is removed after the test. */
export interface TemporaryFlake {
  readonly root: string;
  readonly cacheDirectory: string;
  /** Absolute path of a file of the flake. */
  path(file: string): string;
  /** Writes files and lets the clock of the file system tick, so that they count as old. */
  write(files: Files): Promise<void>;
  /** Loads hosts, by default the one called "web". */
  load(...names: string[]): Promise<Loaded>;
}

const flakeFiles: Files = {
  "flake.yaml": "name: example\n",
  "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n",
  "lockfile.json": "{}\n",
};

const shared = ["firn", "zod"];

/** Makes a flake; every folder of modules/ and hosts/ becomes a package that may import every module. */
export async function createFlake(files: Files): Promise<TemporaryFlake> {
  const root = createFolder();
  const cacheDirectory = createFolder();
  const packages = new Set(Object.keys(files).map((file) => file.split("/").slice(0, 2).join("/")));
  const folders = [...packages].filter((folder) => /^(modules|hosts)\//.test(folder));
  const modules = folders.filter((folder) => folder.startsWith("modules/"));
  for (const folder of folders) linkModules(join(root, folder), modules);
  const flake: TemporaryFlake = {
    root,
    cacheDirectory,
    path: (file) => join(root, file),
    async write(changed) {
      writeAll(root, changed);
      await setTimeout(25);
    },
    async load(...names) {
      const wanted = names.length > 0 ? names : ["web"];
      const bundle = await loadBundle({ root }, wanted, { shared, cacheDirectory });
      const loaded = await runBundle(bundle, wanted);
      if (!bundle.fromCache) bundle.keepCompiled(undefined);
      return loaded;
    },
  };
  const manifests = folders.map((folder) => [`${folder}/package.json`, manifestOf(folder)]);
  await flake.write({ ...flakeFiles, ...Object.fromEntries(manifests), ...files });
  return flake;
}

/** Makes an empty temporary folder that is removed after the test. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-loader-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder. */
export function writeAll(root: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

function linkModules(folder: string, modules: readonly string[]): void {
  const scope = join(folder, "node_modules/@modules");
  mkdirSync(scope, { recursive: true });
  for (const module of modules) symlinkSync(join("../../../..", module), join(scope, module.slice("modules/".length)));
}

function manifestOf(folder: string): string {
  return JSON.stringify({ name: `@${folder}`, type: "module", exports: { ".": "./src/index.ts" } });
}
