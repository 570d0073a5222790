import { accessSync, constants, mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Makes a folder in memory where the system has such, because nix writes much and waits for the disk. */
export function makeScratchFolder(): string {
  return realpathSync(mkdtempSync(join(isWritable("/dev/shm") ? "/dev/shm" : tmpdir(), "firn-differential-")));
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
