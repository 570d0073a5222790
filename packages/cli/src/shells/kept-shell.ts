import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { defaultCacheDirectory, type Flake } from "@firn/loader";

/** A shell that can be entered at once. */
export interface ReadyShell {
  readonly tree: string;
  /** Folder of the user's store. */
  readonly folder: string;
  /** Names of the packages that were asked for. */
  readonly asked: readonly string[];
  /** Variables that it sets. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Finds what came of the same words before, in a flake whose flake.yaml and lock
 * are the same; otherwise makes it. A shell then starts without reading either.
 *
 * @param words all that it depends on beside the flake
 */
export async function keepShell(
  { root }: Flake,
  words: readonly (readonly string[])[],
  make: () => Promise<ReadyShell>,
): Promise<ReadyShell> {
  const hash = createHash("sha256").update(JSON.stringify(words));
  for (const name of ["flake.yaml", "lockfile.json"]) hash.update(readIfThere(join(root, name)) ?? "-").update("\0");
  const place = join(defaultCacheDirectory(), "shells", `${hash.digest("hex")}.json`);
  const kept = readIfThere(place);
  // It was written as a whole, below.
  const shell = kept === undefined ? undefined : (JSON.parse(kept.toString()) as ReadyShell);
  if (shell !== undefined && existsSync(join(shell.tree, "tree.json"))) return shell;
  const made = await make();
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(`${place}.${process.pid}`, JSON.stringify(made));
  renameSync(`${place}.${process.pid}`, place);
  return made;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
