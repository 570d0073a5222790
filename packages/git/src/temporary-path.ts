import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Names what stands beside a path until it takes that name, so that others can tell whose it is. */
export function temporaryPath(path: string): string {
  return `${path}.${process.pid}.${randomUUID()}.tmp`;
}

/** Removes what processes that are gone have left beside a path under names of {@link temporaryPath}. */
export async function removeAbandoned(path: string): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  const remains = names.filter((name) => name.startsWith(`${basename(path)}.`) && isAbandoned(name));
  await Promise.all(remains.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}

/** Nothing is taken for abandoned where the system does not list its processes. */
function isAbandoned(name: string): boolean {
  const pid = /\.(?<pid>\d+)\.[0-9a-f-]{36}\.tmp$/.exec(name)?.groups?.["pid"];
  return pid !== undefined && !existsSync(`/proc/${pid}`) && existsSync("/proc/self");
}
