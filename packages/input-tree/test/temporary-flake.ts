import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { emptyLock, type GitPin, type Lockfile, type Pin } from "@firn/lock";

/** Makes an empty temporary folder that is removed after the test. */
export function createFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-inputs-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder. */
export function writeAll(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
}

/** Makes a flake with a host and a module, that is removed after the test. */
export function createFlake(files: Readonly<Record<string, string>> = {}): string {
  const root = createFolder();
  writeAll(root, {
    "flake.yaml": "name: example\n",
    "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n",
    "hosts/web/package.json": manifest("@hosts/web"),
    "modules/own/package.json": manifest("@modules/own"),
    ...files,
  });
  return root;
}

/** Renders the package.json of a package. */
export function manifest(name: string): string {
  return JSON.stringify({ name, type: "module", exports: { ".": "./src/index.ts" } });
}

/** The files of a flake that offers one module. */
export function moduleTree(packageName: string, text = "export default 1;\n"): Readonly<Record<string, string>> {
  return {
    "flake.yaml": "{}\n",
    "pnpm-workspace.yaml": "packages: [modules/*, hosts/*]\n",
    "modules/main/package.json": manifest(packageName),
    "modules/main/src/index.ts": text,
    "hosts/other/package.json": manifest(`${packageName}-host`),
  };
}

/** Makes the pin of a commit, which a short word stands for. */
export function pin(commit: string, fields: Partial<GitPin> = {}): GitPin {
  const want = { git: `https://git.example/${commit.split("-")[0] ?? ""}` };
  return { want, version: "1.0.0", commit, tree: `tree-${commit}`, integrity: `sha256-${commit}`, ...fields };
}

/** Makes a lock of pins. */
export function lockOf(inputs: Readonly<Record<string, Pin>>): Lockfile {
  return { ...emptyLock, inputs };
}

/** Lists the links below folders called node_modules, with where they lead; others' folders are not looked into. */
export function listLinks(root: string): string[] {
  const entries = readdirSync(root, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isSymbolicLink() && join(entry.parentPath, entry.name).includes("node_modules"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path.slice(root.length + 1)} -> ${realpathSync(path).replace(`${root}/`, "")}`)
    .toSorted();
}

/** Lists the folders of inputs. */
export function listInputs(root: string): string[] {
  return readdirSync(join(root, ".firn/inputs")).toSorted();
}

/** Says where a link leads as it is written. */
export function targetOf(root: string, path: string): string {
  return readlinkSync(join(root, path));
}
