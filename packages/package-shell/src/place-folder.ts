import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * Places a folder where others see all of it or nothing, also after a loss of
 * power, unless it is there.
 *
 * @param write is given the path of a folder to make
 */
export function placeFolder(place: string, write: (folder: string) => void): void {
  if (existsSync(place)) return;
  const parent = dirname(place);
  makeFolder(parent);
  sweepUnfinished(parent);
  const unfinished = mkdtempSync(join(parent, `unfinished-${process.pid}-`));
  try {
    const finished = join(unfinished, "finished");
    write(finished);
    spawnSync("sync", ["-f", finished], { stdio: "ignore" });
    renameSync(finished, place);
  } catch (thrown) {
    // Another process was quicker, and wrote the same.
    if (!existsSync(place)) throw thrown;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Removes what processes that are no more had not finished. */
function sweepUnfinished(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = /^unfinished-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

/** Makes a folder that everybody can read, whatever the user set for other files. */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first !== undefined) chmodSync(folder, 0o755);
}

/** Writes programs for sh, by their names, which everybody can run. */
export function writePrograms(folder: string, programs: Iterable<readonly [name: string, text: string]>): void {
  makeFolder(folder);
  for (const [name, text] of programs) {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  }
}
