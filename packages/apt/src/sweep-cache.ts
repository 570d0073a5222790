import { lstatSync, readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

/** Days after which what nobody has used is removed. */
const mostDays = 30;

/** Marks a part of the cache as used. */
export function markUsed(path: string): void {
  try {
    // When it was changed must stay: apt would work it all out again.
    utimesSync(path, new Date(), statSync(path).mtime);
  } catch {
    // It is somebody else's, who may remove it.
  }
}

/** Removes what nobody has used for a month: lists, and what was worked out about them. All of it can be made again. */
export function sweepCache(cache: string): void {
  const before = Date.now() - mostDays * 86_400_000;
  for (const folder of ["index", "lists", "worlds"])
    for (const path of listFolder(join(cache, folder)))
      if ((lstatSync(path, { throwIfNoEntry: false })?.atimeMs ?? Infinity) < before)
        rmSync(path, { recursive: true, force: true });
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    // It is made when something is kept there.
    return [];
  }
}
