import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { InputTree, TreeRequest } from "@firn/resolve";
import { removeAbandoned, temporaryPath } from "./temporary-path.ts";

/** Says where the facts about a folder at a commit are kept, beside the repository they were read from. */
export function factsPath(repository: string, { commit, dir, submodules }: TreeRequest): string {
  const key = createHash("sha256")
    .update(JSON.stringify([dir, submodules]))
    .digest("hex")
    .slice(0, 16);
  return join(`${repository}.facts`, `${commit}-${key}.json`);
}

/** Reads facts; undefined when there are none, or none that are whole. */
export async function readFacts(path: string): Promise<InputTree | undefined> {
  try {
    const facts: unknown = JSON.parse(await readFile(path, "utf8"));
    return isFacts(facts) ? facts : undefined;
  } catch {
    return undefined;
  }
}

function isFacts(value: unknown): value is InputTree {
  if (typeof value !== "object" || value === null) return false;
  const { tree, integrity, flakeFile, lockFile } = value as Record<string, unknown>; // Each is checked below.
  return (
    typeof tree === "string" &&
    typeof integrity === "string" &&
    ["string", "undefined"].includes(typeof flakeFile) &&
    ["string", "undefined"].includes(typeof lockFile)
  );
}

/** Keeps facts; they appear whole or not at all. */
export async function writeFacts(path: string, facts: InputTree): Promise<void> {
  const beside = temporaryPath(path);
  await mkdir(dirname(path), { recursive: true });
  await removeAbandoned(path);
  await writeFile(beside, JSON.stringify(facts));
  await rename(beside, path);
}
