import { linkSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type StorePaths, unfinishedName } from "./store-paths.ts";

/** Contents that no collection removes, while this process lives or until they are released. */
export interface Hold {
  /** Hashes of those that the store does not have, or has no longer. */
  readonly missing: readonly string[];
  release(): void;
}

/** Gives contents one more name each, in a folder that is swept when this process is gone. */
export function holdContents(paths: StorePaths, hashes: Iterable<string>): Hold {
  const folder = join(paths.held, unfinishedName());
  mkdirSync(folder, { recursive: true });
  const missing = [...new Set(hashes)].filter((hash) => {
    const names = [false, true].filter((isExecutable) =>
      giveName(paths.object(hash, isExecutable), join(folder, `${hash}${isExecutable ? "-x" : ""}`)),
    );
    return names.length === 0;
  });
  return { missing, release: () => rmSync(folder, { recursive: true, force: true }) };
}

function giveName(object: string, name: string): boolean {
  try {
    linkSync(object, name);
    return true;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException; // What node:fs throws has a code.
    if (code === "ENOENT") return false;
    // It has as many names as a file can have, so that no collection takes it.
    if (code === "EMLINK") return true;
    throw thrown;
  }
}
