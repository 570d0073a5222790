import { createHash, type Hash } from "node:crypto";
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from "node:fs";
import { join } from "node:path";
import { buildFailure } from "./build-failure.ts";

/**
 * Hashes a folder, a file or a link by the NAR serialization of it, which has
 * names, contents, links, and which files may be run; no owners, modes and times.
 *
 * @returns sha256 as 64 hexadecimal digits
 * @throws DiagnosticError "build-failed" for what has none of these
 * @see https://nix.dev/manual/nix/latest/protocols/nix-archive
 */
export function hashFolder(path: string): string {
  const hash = createHash("sha256");
  addText(hash, "nix-archive-1");
  addNode(hash, path);
  return hash.digest("hex");
}

function addNode(hash: Hash, path: string): void {
  const status = lstatSync(path);
  addText(hash, "(", "type");
  if (status.isSymbolicLink()) addText(hash, "symlink", "target", readlinkSync(path));
  else if (status.isDirectory()) addFolder(hash, path);
  else {
    // Whoever opens what is no file may wait for ever.
    if (!status.isFile())
      throw buildFailure(`Cannot hash "${path}": it is no file, folder or link`, { fix: "Remove it" });
    addText(hash, "regular");
    if ((status.mode & 0o100) !== 0) addText(hash, "executable", "");
    addText(hash, "contents");
    addContent(hash, path, status.size);
  }
  addText(hash, ")");
}

function addFolder(hash: Hash, path: string): void {
  addText(hash, "directory");
  const names = readdirSync(path).toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  for (const name of names) {
    addText(hash, "entry", "(", "name", name, "node");
    addNode(hash, join(path, name));
    addText(hash, ")");
  }
}

function addText(hash: Hash, ...texts: readonly string[]): void {
  for (const text of texts) {
    const bytes = Buffer.from(text);
    addLength(hash, bytes.length);
    hash.update(bytes);
    hash.update(padding(bytes.length));
  }
}

function addContent(hash: Hash, path: string, size: number): void {
  addLength(hash, size);
  const piece = Buffer.allocUnsafe(1024 * 1024);
  const file = openSync(path, "r");
  try {
    for (let length = readSync(file, piece); length > 0; length = readSync(file, piece))
      hash.update(piece.subarray(0, length));
  } finally {
    closeSync(file);
  }
  hash.update(padding(size));
}

function addLength(hash: Hash, length: number): void {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(length));
  hash.update(bytes);
}

/** All is whole in pieces of eight bytes. */
function padding(length: number): Buffer {
  return Buffer.alloc((8 - (length % 8)) % 8);
}
