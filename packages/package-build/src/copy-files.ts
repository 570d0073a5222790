import {
  chmodSync,
  constants,
  copyFileSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Makes a folder that everybody can read, and those above it, unless it is there: whatever the user set for other files. */
export function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
  chmodSync(folder, 0o755);
}

/**
 * Copies a file, a link, or a folder with what is in it, with their modes; to
 * where nothing is but folders. Links stay what they are; what is none of these
 * is left out. Nothing is written through a link.
 *
 * @throws what node:fs does, "EEXIST" among it
 */
export function copyFiles(source: string, place: string): void {
  const status = lstatSync(source);
  if (status.isSymbolicLink()) return symlinkSync(readlinkSync(source), place);
  if (status.isFile()) copyFileSync(source, place, constants.COPYFILE_EXCL);
  if (status.isDirectory()) {
    if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory() !== true) mkdirSync(place);
    for (const name of readdirSync(source)) copyFiles(join(source, name), join(place, name));
  }
  if (status.isFile() || status.isDirectory()) chmodSync(place, status.mode & 0o7777);
}
