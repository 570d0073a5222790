import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const mountPoint = "/sys/fs/cgroup";

/**
 * Hierarchies in which a host has a group: the one of version 2, or, where a
 * machine still has those of version 1, that and those that systemd wants.
 */
function hierarchies(): string[] {
  if (existsSync(join(mountPoint, "cgroup.controllers"))) return [mountPoint];
  return ["unified", "systemd", "memory", "pids"].map((name) => join(mountPoint, name)).filter(existsSync);
}

/** Lists the folders of a group; the first is in the hierarchy of version 2. */
export function groupFolders(name: string): string[] {
  return hierarchies().map((folder) => join(folder, name));
}

/** Makes a group. */
export function makeGroup(name: string): void {
  for (const folder of groupFolders(name)) mkdirSync(folder, { recursive: true });
}

/** Lists the groups whose names start so. */
export function findGroups(start: string): string[] {
  const names = hierarchies()
    .flatMap((folder) => readdirSync(folder))
    .filter((name) => name.startsWith(start));
  return [...new Set(names)];
}

/** Kills whatever is in a group, waits until nothing is, and removes it. */
export async function removeGroup(name: string): Promise<void> {
  const [first = "", ...others] = groupFolders(name);
  const kill = join(first, "cgroup.kill");
  // A group that is thawed only later could not die.
  writeIfThere(join(first, "cgroup.freeze"), "0");
  writeIfThere(kill, "1");
  for (const folder of [first, ...others]) await removeTree(folder);
}

/** Stops all processes of a group in whatever they do, does work, and lets them go on. */
export async function whileFrozen<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const [folder = ""] = groupFolders(name);
  try {
    writeFileSync(join(folder, "cgroup.freeze"), "1");
    await waitUntil(() => /^frozen 1$/m.test(readFileSync(join(folder, "cgroup.events"), "utf8")));
    return await work();
  } finally {
    writeFileSync(join(folder, "cgroup.freeze"), "0");
  }
}

/** Reads the first process of a group; undefined while there is none. */
export function findFirstProcess(name: string): number | undefined {
  const path = join(groupFolders(name)[0] ?? "", "cgroup.procs");
  try {
    return Number(readFileSync(path, "utf8").split("\n")[0]) || undefined;
  } catch {
    // The group is there only once systemd has made it.
    return undefined;
  }
}

/** Milliseconds that the kernel gets to finish what it was told. */
const patience = 20_000;

async function removeTree(folder: string): Promise<void> {
  await waitUntil(() => {
    try {
      removeEmpty(folder);
    } catch {
      // A process that was killed is in its group until it is gone.
    }
    return !existsSync(folder);
  });
}

function removeEmpty(folder: string): void {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  }
  rmdirSync(folder);
}

async function waitUntil(isDone: () => boolean): Promise<void> {
  const end = Date.now() + patience;
  while (!isDone()) {
    if (Date.now() > end) throw new Error("the kernel does not finish with a control group");
    await sleep(5);
  }
}

function writeIfThere(path: string, text: string): void {
  if (existsSync(path)) writeFileSync(path, text);
}
