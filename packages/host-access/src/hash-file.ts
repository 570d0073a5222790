import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, read, readSync } from "node:fs";
import { promisify } from "node:util";

/** Bytes read at once; a file that is larger is read in between other work, so that a long reading can be interrupted. */
const portion = 1024 * 1024;

const readPortion = promisify(read);

/** Neither follows a link nor waits for the other end of a pipe that has taken the place of a file. */
const safely = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Hashes a file with sha256, in hexadecimal; undefined when it cannot be read. */
export async function hashFile(path: string): Promise<string | undefined> {
  let file: number | undefined;
  try {
    file = openSync(path, safely);
    const status = fstatSync(file);
    return status.isFile() ? await hashOpen(file, status.size) : undefined;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

async function hashOpen(file: number, size: number): Promise<string> {
  const hash = createHash("sha256");
  const isSmall = size <= portion;
  const buffer = isSmall ? Buffer.allocUnsafe(Math.max(size + 1, 4096)) : Buffer.allocUnsafeSlow(portion);
  // The size says nothing for files of /proc, and others may grow: read until there is no more.
  for (;;) {
    const count = isSmall
      ? readSync(file, buffer, 0, buffer.length, null)
      : (await readPortion(file, buffer, 0, buffer.length, null)).bytesRead;
    if (count === 0) return hash.digest("hex");
    hash.update(buffer.subarray(0, count));
  }
}
