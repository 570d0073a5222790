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
  sweep(paths.generations);
  const generations = listFolder(paths.generations).filter((name) => !unfinished.test(name) && !keep.has(name));
  for (const name of generations) removeGeneration(paths, name);
  const removed = { objects: 0, bytes: 0 };
  for (const folder of listFolder(paths.objects)) {
    const at = join(paths.objects, folder);
    sweep(at);
    for (const name of listFolder(at)) {
      const { nlink, size } = lstatSync(join(at, name));
      if (nlink > 1 || unfinished.test(name)) continue;
      rmSync(join(at, name));
      removed.objects++;
      removed.bytes += size;
    }
    if (listFolder(at).length === 0) rmdirSync(at);
  }
  return { generations, ...removed };
}

/** The name goes first: what is left of a generation when this is killed is no generation. */
function removeGeneration(paths: StorePaths, name: string): void {
  const doomed = join(paths.generations, unfinishedName());
  renameSync(paths.generation(name), doomed);
  rmSync(paths.origin(name), { force: true });
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

function listFolder(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
