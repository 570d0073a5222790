import { chmodSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync, utimesSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildTime } from "./build-generation.ts";
import { type StorePaths, unfinishedName } from "./store-paths.ts";

/** Names a file that is not there yet, for a content that arrives piece by piece. */
export function receiveContent({ received }: StorePaths): string {
  mkdirSync(received, { recursive: true });
  return join(received, unfinishedName());
}

/** Makes a file that has arrived an object; it has no other name afterwards. */
export async function keepContent(paths: StorePaths, file: string, hash: string): Promise<void> {
  // An object that a power cut leaves empty would be taken for whole. This is the slow part, beside which others go on.
  const opened = await open(file, "r+");
  try {
    await opened.datasync();
  } finally {
    await opened.close();
  }
  chmodSync(file, 0o444);
  utimesSync(file, buildTime, buildTime);
  nameObject(file, paths.object(hash, false));
}

/** What is there already has generations; only one that was cut short gives way. */
function nameObject(file: string, object: string): void {
  const { size } = lstatSync(file);
  if (lstatSync(object, { throwIfNoEntry: false })?.size === size) return rmSync(file);
  for (;;) {
    mkdirSync(dirname(object), { recursive: true });
    try {
      return renameSync(file, object);
    } catch (thrown) {
      // A collection removes folders that are empty, this one perhaps just now.
      const isFolderGone = (thrown as NodeJS.ErrnoException).code === "ENOENT" && existsSync(file); // What node:fs throws has a code.
      if (!isFolderGone) throw thrown;
    }
  }
}
