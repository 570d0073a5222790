import { chmodSync, mkdirSync, writeFileSync } from "node:fs";

/** Writes a file that everybody can read, whatever the user set for other files. */
export function writeForAll(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o644);
}

/** Makes a folder, and those above it, that everybody can read, unless it is there. */
export function makeForAll(folder: string): void {
  if (mkdirSync(folder, { recursive: true }) !== undefined) chmodSync(folder, 0o755);
}
