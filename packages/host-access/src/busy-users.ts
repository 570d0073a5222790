import { existsSync, readdirSync, readFileSync } from "node:fs";
import { parsePasswd } from "./parse-passwd.ts";

/** Reads who has processes on this machine: real, effective, saved and file system ids. Without /proc that is nobody. */
export function readBusyIds(): Set<number> {
  const ids = new Set<number>();
  if (!existsSync("/proc")) return ids;
  for (const name of readdirSync("/proc")) {
    if (!/^[0-9]+$/.test(name)) continue;
    for (const id of parseIds(readStatus(name))) ids.add(id);
  }
  return ids;
}

/** Finds the ids of users in the text of `/proc/PID/status`. */
export function parseIds(status: string): number[] {
  const line = /^Uid:(.*)$/m.exec(status)?.[1] ?? "";
  return line
    .split("\t")
    .filter((id) => id !== "")
    .map(Number);
}

/** Names the users who have one of the ids, by the text of /etc/passwd, sorted. */
export function namesOfIds(passwd: string, ids: ReadonlySet<number>): string[] {
  const names = parsePasswd(passwd)
    .filter(({ uid }) => ids.has(uid))
    .map(({ name }) => name);
  return [...new Set(names)].toSorted();
}

/** Gives no text for a process that has ended since it was listed. */
function readStatus(process: string): string {
  try {
    return readFileSync(`/proc/${process}/status`, "latin1");
  } catch {
    return "";
  }
}
