import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Gives work a folder that is removed afterwards, and removes what processes that are no more have left. */
export async function withScratch<Value>(folder: string, work: (scratch: string) => Promise<Value>): Promise<Value> {
  const parent = join(folder, "unfinished");
  mkdirSync(parent, { recursive: true });
  for (const name of readdirSync(parent)) if (!isRunning(Number.parseInt(name, 10))) removeAll(join(parent, name));
  const scratch = mkdtempSync(join(parent, `${process.pid}-`));
  try {
    return await work(scratch);
  } finally {
    removeAll(scratch);
  }
}

/** Removes a folder with all that is in it, also where a script has made parts of it read-only. */
export function removeAll(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    openFolders(folder);
    rmSync(folder, { recursive: true, force: true });
  }
}

function openFolders(folder: string): void {
  if (!lstatSync(folder).isDirectory()) return;
  chmodSync(folder, 0o700);
  for (const name of readdirSync(folder)) openFolders(join(folder, name));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // What may not be asked is somebody else's, and runs.
    return (thrown as NodeJS.ErrnoException).code === "EPERM"; // What process.kill throws has a code.
  }
}
