import { linkSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** Milliseconds between two looks at a lock that another process has. */
const pause = 25;

let attempts = 0;

/**
 * Does some work while no other process that asks for the same lock does its
 * own. The lock of a process that is gone counts for nothing.
 *
 * @param file the lock: it exists exactly while a process works
 */
export async function withProcessLock<Result>(file: string, work: () => Promise<Result>): Promise<Result> {
  while (!takeLock(file)) await setTimeout(pause);
  try {
    removeClaims(file);
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** The text is in the lock from its first moment on, so that whoever is killed meanwhile leaves no lock without an owner. */
function takeLock(file: string): boolean {
  const own = `${file}-${process.pid}-${(attempts += 1)}`;
  writeFileSync(own, `${process.pid} ${startOf(process.pid)}`);
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    // Any thrown value can be asked for a field.
    if ((error as { code?: unknown }).code !== "EEXIST") throw error;
    if (isStale(file)) removeStale(file);
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes what processes left that were killed while they asked for the lock. */
function removeClaims(file: string): void {
  const start = `${basename(file)}-`;
  for (const name of readdirSync(dirname(file))) {
    const pid = name.startsWith(start) ? /^(\d+)-\d+$/.exec(name.slice(start.length))?.[1] : undefined;
    if (pid !== undefined && !isRunning(Number(pid))) rmSync(join(dirname(file), name), { force: true });
  }
}

/** How old a takeover is, in milliseconds, before its process counts as killed: it takes none. */
const takeoverAge = 10_000;

/** Of several who notice, one at a time removes the lock, if it still is stale: another may have taken it since. */
function removeStale(file: string): void {
  const guard = `${file}-takeover`;
  try {
    mkdirSync(guard);
  } catch {
    const since = statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > takeoverAge) rmSync(guard, { recursive: true, force: true });
    return;
  }
  try {
    if (isStale(file)) rmSync(file, { force: true });
  } finally {
    rmdirSync(guard);
  }
}

function isStale(file: string): boolean {
  try {
    const [pid = "", start = ""] = readFileSync(file, "utf8").split(" ");
    return !isRunning(Number(pid)) || startOf(Number(pid)) !== start;
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: unknown }).code === "EPERM"; // Any thrown value can be asked for a field.
  }
}

/** When a process was started, which tells it from another that was given its number later; Linux alone says it. */
function startOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
