import { existsSync, lstatSync, readdirSync, renameSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type StorePaths, unfinished, unfinishedName } from "./store-paths.ts";

/** What a collection removed. */
export interface Collected {
  /** Names of generations. */
  readonly generations: readonly string[];
  readonly objects: number;
  /** Bytes of contents that nothing else has. */
  readonly bytes: number;
}

/** Removes all generations but some, then all contents that no generation has. Can be killed, and run again. */
export function collectGarbage(paths: StorePaths, keep: ReadonlySet<string>): Collected {
  for (const folder of [paths.generations, paths.origins, paths.received, paths.held]) sweep(folder);
  const generations = listFolder(paths.generations).filter((name) => !unfinished.test(name) && !keep.has(name));
  for (const name of generations) removeGeneration(paths, name);
  const removed = { objects: 0, bytes: 0 };
  for (const folder of listFolder(paths.objects)) {
    const at = join(paths.objects, folder);
    sweep(at);
    for (const name of listFolder(at)) {
      // A build may be at work: what is listed here need not be there any more.
      const stats = lstatSync(join(at, name), { throwIfNoEntry: false });
      if (stats === undefined || stats.nlink > 1 || unfinished.test(name)) continue;
      rmSync(join(at, name), { force: true });
      removed.objects++;
      removed.bytes += stats.size;
    }
    removeIfEmpty(at);
  }
  return { generations, ...removed };
}

/** The name goes before the files: what is left of a generation when this is killed is no generation. */
function removeGeneration(paths: StorePaths, name: string): void {
  const doomed = join(paths.generations, unfinishedName());
  // Of a generation that is gone, nobody would remove it.
  rmSync(paths.origin(name), { force: true });
  renameSync(paths.generation(name), doomed);
  rmSync(doomed, { recursive: true });
}

/** Removes what processes left that are gone. */
function sweep(folder: string): void {
  for (const name of listFolder(folder)) {
    const pid = unfinished.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === "EPERM"; // What node:process throws has a code.
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (thrown) {
    const { code = "" } = thrown as NodeJS.ErrnoException; // What node:fs throws has a code.
    if (!["ENOTEMPTY", "EEXIST", "ENOENT"].includes(code)) throw thrown;
  }
}

function listFolder(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
