import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ListPin } from "@firn/package-manager";
import { markUsed } from "./sweep-cache.ts";

/** Keeps lists of packages in a folder, each under its hash. */
export class ListCache {
  readonly #folder: string;

  /** @param folder of the cache; made when something is kept */
  constructor(folder: string) {
    this.#folder = join(folder, "lists");
  }

  /** Names the file of a list, which may not be there. */
  fileOf({ sha256 }: Pick<ListPin, "sha256">): string {
    return join(this.#folder, sha256);
  }

  /** Tells whether a list is there, as a whole. */
  has(pin: ListPin): boolean {
    // Whoever writes a list renames it when its hash is known to be right; a machine that breaks down may cut it.
    const file = this.fileOf(pin);
    const isThere = statSync(file, { throwIfNoEntry: false })?.size === pin.size;
    if (isThere) markUsed(file);
    return isThere;
  }

  /** Reads a list that is there. */
  read(pin: ListPin): Buffer {
    return readFileSync(this.fileOf(pin));
  }

  /** Keeps a list whose hash is known to be right. */
  keep({ sha256 }: ListPin, bytes: Uint8Array): void {
    writeWhole(this.fileOf({ sha256 }), bytes);
  }
}

/** Writes a file that others find as a whole, or not at all. */
export function writeWhole(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${randomUUID()}.tmp`;
  try {
    writeFileSync(beside, content);
    renameSync(beside, file);
  } finally {
    if (existsSync(beside)) rmSync(beside);
  }
}

/** Pins bytes. */
export function pinOf(bytes: Uint8Array): ListPin {
  return { sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length };
}

/** Tells whether bytes are those that are pinned. */
export function isPinned(bytes: Uint8Array, { sha256, size }: ListPin): boolean {
  return bytes.length === size && pinOf(bytes).sha256 === sha256;
}
