import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Gives work a folder for what is not finished, beside where it is renamed to, and removes it afterwards. */
export async function withUnfinishedFolder<Value>(
  folder: string,
  work: (unfinished: string) => Promise<Value>,
): Promise<Value> {
  const parent = join(folder, "unfinished");
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  sweepUnfinished(folder);
  const unfinished = mkdtempSync(join(parent, `${process.pid}-`));
  try {
    return await work(unfinished);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Removes what processes that are no more had not finished. */
export function sweepUnfinished(folder: string): void {
  const parent = join(folder, "unfinished");
  for (const name of readFolder(parent))
    if (!isRunning(Number.parseInt(name, 10))) rmSync(join(parent, name), { recursive: true, force: true });
}

/** Lists the names in a folder; none when there is no such folder. */
export function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return [];
    throw thrown;
  }
}

/** Tells why the system refused something, as "ENOENT". */
export function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined; // What node:fs throws has a code.
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // What may not be asked is somebody else's, and runs.
    return codeOf(thrown) === "EPERM";
  }
}
