import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readTreeDescription } from "./tree-description.ts";
import { codeOf, readFolder, sweepUnfinished } from "./unfinished-folder.ts";

/** What to collect. */
export interface TreesToCollect {
  /** Where trees are kept. */
  readonly folder: string;
  /** Trees that stay. */
  readonly keep: readonly string[];
  /** How long ago a tree has to have been asked for last, in milliseconds. @default an hour: whoever asked for it may not have said yet that it stays */
  readonly unusedFor?: number;
}

/** What was collected. */
export interface CollectedTrees {
  readonly trees: number;
  /** Packages that no tree is made of any more. */
  readonly packages: number;
}

/**
 * Removes trees that nobody keeps, none of whose programs run, and which were
 * not asked for of late; then unpacked packages that no tree is made of, and
 * what killed processes left.
 */
export function collectTrees({ folder, keep, unusedFor = 3_600_000 }: TreesToCollect): CollectedTrees {
  sweepUnfinished(folder);
  const kept = new Set([...keep.map((tree) => basename(tree)), ...listTreesInUse()]);
  const before = Date.now() - unusedFor;
  const left = readFolder(join(folder, "trees")).filter((name) => {
    return !kept.has(name) && lastUse(join(folder, "trees", name)) <= before;
  });
  for (const name of left) removeTree(join(folder, "trees", name));
  const needed = listNeeded(folder);
  const unused = readFolder(join(folder, "unpacked")).filter((name) => {
    return !needed.has(name) && lstatSync(join(folder, "unpacked", name)).mtimeMs <= before;
  });
  for (const name of unused) removeWhole(folder, join(folder, "unpacked", name));
  return { trees: left.length, packages: unused.length };
}

/** Removes a tree at once: nobody takes a part of it for the whole. Its packages stay unpacked. */
export function removeTree(tree: string): void {
  removeWhole(dirname(dirname(tree)), tree);
}

function removeWhole(folder: string, path: string): void {
  mkdirSync(join(folder, "unfinished"), { recursive: true, mode: 0o755 });
  const unfinished = mkdtempSync(join(folder, "unfinished", `${process.pid}-`));
  try {
    renameSync(path, join(unfinished, "removed"));
  } catch (thrown) {
    if (codeOf(thrown) !== "ENOENT") throw thrown;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function lastUse(tree: string): number {
  return lstatSync(join(tree, "tree.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @returns hashes of packages */
function listNeeded(folder: string): Set<string> {
  // A damaged tree may have lost its description.
  const trees = readFolder(join(folder, "trees")).filter((name) =>
    existsSync(join(folder, "trees", name, "tree.json")),
  );
  return new Set(
    trees.flatMap((name) => readTreeDescription(join(folder, "trees", name)).packages.map(({ sha256 }) => sha256)),
  );
}

/** Lists the names of trees that programs run in, as far as this user may know. */
function listTreesInUse(): string[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const found = processes.flatMap((pid) => [...mountsOf(pid).matchAll(/\/trees\/([0-9a-f]{64})\/usr /g)]);
  return found.map(([, name = ""]) => name);
}

/** Nothing of a process that has ended, or that may not be asked. */
function mountsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/mountinfo`, "utf8");
  } catch {
    return "";
  }
}
