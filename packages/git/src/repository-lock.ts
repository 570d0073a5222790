import { readFileSync } from "node:fs";
import { mkdir, readFile, rmdir, stat, unlink, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

/** What a lock file says of its holder. */
interface Holder {
  readonly pid: number;
  /** When the process started, as /proc says it: another process with the same number has another. */
  readonly start: string;
  readonly host: string;
}

/** How to wait for a lock. */
export interface LockWait {
  /** Milliseconds after which to give up; a holder on another machine counts as gone after twice that. */
  readonly timeout: number;
  /** Is told once that another process holds the lock. */
  readonly onWait?: (pid: number) => void;
}

/** Says that a lock was held for longer than anybody waits. */
export class LockedTooLongError extends Error {
  override readonly name = "LockedTooLongError";
}

/**
 * Takes a lock that processes share, and gives what releases it. The lock of a
 * process that is gone is taken over.
 */
export async function lockRepository(path: string, wait: LockWait): Promise<() => Promise<void>> {
  const text = JSON.stringify({ pid: process.pid, start: startOf(process.pid) ?? "", host: hostname() });
  const until = Date.now() + wait.timeout;
  for (let isTold = false; ;) {
    if (await create(path, text)) return () => unlink(path).catch(() => {});
    const found = await readHolder(path);
    if (found === undefined) continue;
    if (await isAbandoned(path, { found, timeout: wait.timeout })) {
      await removeAbandoned(path, found);
      continue;
    }
    const pid = parseHolder(found)?.pid;
    if (!isTold && pid !== undefined) wait.onWait?.(pid);
    isTold ||= pid !== undefined;
    if (Date.now() > until) throw new LockedTooLongError(`Process ${pid ?? "unknown"} holds ${path}`);
    await sleep(20);
  }
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (isCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** Reads a lock; undefined when it was released just now. */
async function readHolder(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** A file without a whole text is being written right now, or its writer was killed at that. */
async function isAbandoned(path: string, { found, timeout }: { found: string; timeout: number }): Promise<boolean> {
  const holder = parseHolder(found);
  if (holder !== undefined && holder.host === hostname()) return isGone(holder);
  const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now());
  return age > (holder === undefined ? 2000 : 2 * timeout);
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, start, host } = JSON.parse(text) as Partial<Record<string, unknown>>; // Checked on the next line.
    return typeof pid === "number" && typeof start === "string" && typeof host === "string"
      ? { pid, start, host }
      : undefined;
  } catch {
    return undefined;
  }
}

function isGone({ pid, start }: Holder): boolean {
  const now = startOf(pid);
  if (now !== undefined) return now !== start;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return !isCode(error, "EPERM");
  }
}

/** Reads when a process started, in ticks since the machine did; undefined when it is gone or nobody says. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is a name in brackets and may hold anything; the start is the twentieth after it.
    return text.slice(text.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/**
 * Removes a lock whose holder is gone. Of several who notice, one at a time may,
 * and only while it is still the same: another may have taken it since.
 */
async function removeAbandoned(path: string, found: string): Promise<void> {
  const guard = `${path}.takeover`;
  try {
    await mkdir(guard);
  } catch {
    const age = Date.now() - ((await stat(guard).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > 10_000) await rmdir(guard).catch(() => {});
    await sleep(5);
    return;
  }
  try {
    if ((await readFile(path, "utf8").catch(() => undefined)) === found) await unlink(path);
  } finally {
    await rmdir(guard).catch(() => {});
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
