import { createHash } from "node:crypto";

/** Hashes a content: sha256, as 64 hexadecimal digits. */
export function hashContent(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
