import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

const day = 86_400_000;

/** What is kept at most; reading a bundle renews its date once a day. */
const limits = { files: 200, age: 60 * day, bytes: 256 * 1024 * 1024 } as const;

/** Milliseconds after which a file that was never renamed was left by a process that died. */
const abandoned = day / 24;

/** Removes what has not been used for long from a cache directory; called after writing to it. */
export function pruneCache(directory: string): void {
  const now = Date.now();
  let bytes = 0;
  for (const [index, { path, mtimeMs, size }] of newestFirst(directory).entries()) {
    bytes += size;
    const age = path.endsWith(".tmp") ? abandoned : limits.age;
    if (index < limits.files && bytes <= limits.bytes && now - mtimeMs < age) continue;
    rmSync(path, { force: true });
  }
}

function newestFirst(directory: string): { path: string; mtimeMs: number; size: number }[] {
  const names = readdirSync(directory).filter((name) => /\.(bundle|result)(\.\d+\.\d+\.tmp)?$/.test(name));
  const files = names.flatMap((name) => {
    const path = join(directory, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats === undefined ? [] : [{ path, mtimeMs: stats.mtimeMs, size: stats.size }];
  });
  return files.toSorted((a, b) => b.mtimeMs - a.mtimeMs);
}
