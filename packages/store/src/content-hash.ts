import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

/** Hashes a content: sha256, as 64 hexadecimal digits. */
export function hashContent(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Hashes a file piece by piece: it may be larger than memory. */
export function hashFile(file: string): string {
  const hash = createHash("sha256");
  const piece = Buffer.allocUnsafe(1024 * 1024);
  const opened = openSync(file, "r");
  try {
    for (let length = readSync(opened, piece); length > 0; length = readSync(opened, piece))
      hash.update(piece.subarray(0, length));
  } finally {
    closeSync(opened);
  }
  return hash.digest("hex");
}
