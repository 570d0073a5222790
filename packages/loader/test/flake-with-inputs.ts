import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { layOutInputs } from "@firn/input-tree";
import { createMemoryExporter, type MemoryTree } from "@firn/input-tree/testing";
import { emptyLock, type Lockfile } from "@firn/lock";
import type { Module } from "firn";
import { loadBundle, type LoadedBundle } from "@firn/loader";
import { runBundle } from "./run-bundle.ts";
import { createFolder, type Files, writeAll } from "./temporary-flake.ts";

/** A flake in a temporary folder, whose inputs are commits in memory. */
export interface FlakeWithInputs {
  readonly root: string;
  /** Lays inputs out: paths with the commits they are locked to. */
  lay(commits: Readonly<Record<string, string>>): Promise<void>;
  /** Writes files and lets the clock of the file system tick, so that they count as old. */
  write(files: Files): Promise<void>;
  /** Loads the host "web". */
  load(): Promise<LoadedBundle>;
}

/** Makes a flake with a host "web". */
export async function createFlakeWithInputs(
  host: string,
  trees: Readonly<Record<string, MemoryTree>>,
): Promise<FlakeWithInputs> {
  const root = createFolder();
  const cacheDirectory = createFolder();
  const exporter = createMemoryExporter(trees);
  const flake: FlakeWithInputs = {
    root,
    async lay(commits) {
      const { diagnostics } = await layOutInputs({ root, lock: lockOf(commits), exporter });
      if (diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
      await setTimeout(25);
    },
    async write(files) {
      writeAll(root, files);
      await setTimeout(25);
    },
    load: () => loadBundle({ root }, ["web"], { shared: ["firn"], cacheDirectory }),
  };
  mkdirSync(join(root, "modules"));
  await flake.write({
    "flake.yaml": "name: example\n",
    "pnpm-workspace.yaml": "packages:\n  - modules/*\n  - hosts/*\n",
    "hosts/web/package.json": renderManifest("@hosts/web"),
    "hosts/web/src/index.ts": host,
  });
  return flake;
}

function lockOf(commits: Readonly<Record<string, string>>): Lockfile {
  const pins = Object.entries(commits).map(([path, commit]) => {
    const want = { git: "https://git.example/repository" };
    return [path, { want, version: "1.4.2", commit, tree: commit, integrity: `sha256-${commit}` }] as const;
  });
  return { ...emptyLock, inputs: Object.fromEntries(pins) };
}

/** Renders a package.json. */
export function renderManifest(name: string): string {
  return JSON.stringify({ name, type: "module", exports: { ".": "./src/index.ts" } });
}

/** The files of a flake that offers one module. */
export function moduleTree(name: string, text: string, more: MemoryTree = {}): MemoryTree {
  return {
    "pnpm-workspace.yaml": "packages: [modules/*]\n",
    "modules/main/package.json": renderManifest(name),
    "modules/main/src/index.ts": text,
    ...more,
  };
}

/** Runs the host "web" in this very process and gives its module; the code is a test's own. */
export async function runHost(loaded: LoadedBundle): Promise<Module> {
  const { hosts } = await runBundle(loaded, ["web"]);
  const module = hosts[0]?.module;
  if (module === undefined) throw new Error(JSON.stringify(hosts[0]));
  return module;
}

/** Gives the problems of the host "web": code, message, and file:line:column. */
export async function problemsIn(loaded: LoadedBundle, root: string): Promise<string[]> {
  const sources = await loaded.openSources();
  return (loaded.failures.get("web") ?? []).map(({ code, message, marks, fix }) => {
    const at = marks[0] && sources.locate(marks[0].place);
    return [code, message, at && `${at.file.replace(`${root}/`, "")}:${at.line}:${at.column}`, fix].join("; ");
  });
}
