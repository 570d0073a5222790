import type { ListPin } from "@firn/package-manager";

/** What a Release file says: what the suite is, and which lists belong to it. */
export interface Release {
  /** By name, as it is written. */
  readonly fields: ReadonlyMap<string, string>;
  /** By path below the suite's folder. */
  readonly files: ReadonlyMap<string, ListPin>;
}

/** Parses a Release file whose signature was checked; lines that are none of its format are left out. */
export function parseRelease(text: string): Release {
  const fields = new Map<string, string>();
  const files = new Map<string, ListPin>();
  let isInList = false;
  for (const line of text.split("\n")) {
    const entry = isInList ? /^ +(?<sha256>[0-9a-f]{64}) +(?<size>\d+) +(?<path>\S+)$/.exec(line)?.groups : undefined;
    if (entry !== undefined)
      files.set(entry["path"] ?? "", { sha256: entry["sha256"] ?? "", size: Number(entry["size"]) });
    if (line.startsWith(" ")) continue;
    const { name = "", value = "" } = /^(?<name>[^:\s]+):\s*(?<value>.*?)\s*$/.exec(line)?.groups ?? {};
    isInList = name === "SHA256";
    if (name !== "") fields.set(name, value);
  }
  return { fields, files };
}
