import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Gives work a folder of its own in the cache, and removes it afterwards, together with what killed processes left. */
export async function withScratchFolder<Value>(
  cache: string,
  work: (folder: string) => Promise<Value>,
): Promise<Value> {
  const parent = join(cache, "scratch");
  mkdirSync(parent, { recursive: true });
  sweep(parent);
  const folder = mkdtempSync(join(parent, `${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number.parseInt(name, 10);
    if (!isRunning(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
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
