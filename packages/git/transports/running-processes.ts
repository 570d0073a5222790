import { readdirSync, readFileSync } from "node:fs";

/** Lists the ids of processes that have a variable in their environment, on Linux; parents do not matter. */
export function findProcesses(variable: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => readEnvironment(id).includes(variable))
    .map(Number);
}

function readEnvironment(id: string): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/environ`, "utf8").split("\0");
  } catch {
    // It has ended meanwhile, or is somebody else's.
    return [];
  }
}
