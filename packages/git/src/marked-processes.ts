import { readdir, readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

/** How often is looked for processes that others started meanwhile. */
const rounds = 5;

/**
 * Ends every process that has a variable in its environment, where /proc shows
 * environments. git passes its own on to the programs that it starts for http
 * and ssh, yet leaves them running when it is stopped.
 *
 * @param variable name and value, of which there are no others: `NAME=unique`
 */
export async function endProcesses(variable: string): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const ids = await findProcesses(variable);
    if (ids.length === 0) return;
    for (const id of ids) end(id);
    await delay(20);
  }
}

async function findProcesses(variable: string): Promise<readonly number[]> {
  const names = await readdir("/proc").catch(() => []);
  const ids = names.filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(ids.map((id) => hasVariable(id, variable)));
  return ids.filter((_id, index) => found[index]).map(Number);
}

async function hasVariable(id: string, variable: string): Promise<boolean> {
  // Those of other users cannot be read, and are none of ours.
  const environment = await readFile(`/proc/${id}/environ`, "utf8").catch(() => "");
  return environment.split("\0").includes(variable);
}

function end(id: number): void {
  try {
    process.kill(id);
  } catch {
    // It has ended by itself.
  }
}

/**
 * Sums the memory of every process that has a variable in its environment, in
 * bytes; 0 where /proc does not show it.
 */
export async function measureMemory(variable: string): Promise<number> {
  const ids = await findProcesses(variable);
  const sizes = await Promise.all(ids.map((id) => residentBytes(id)));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function residentBytes(id: number): Promise<number> {
  const status = await readFile(`/proc/${id}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
}
