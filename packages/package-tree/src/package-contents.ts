import { chmodSync, lchownSync, lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from "node:fs";
import { join } from "node:path";
import { type Alternative, parseAlternatives } from "./alternatives.ts";
import { type PackageControl, parseControl } from "./package-control.ts";
import { codeOf } from "./unfinished-folder.ts";

/** What an unpacked package has; paths are as in the package, without a slash at the start. */
export interface PackageContents extends PackageControl {
  readonly alternatives: readonly Alternative[];
  readonly folders: readonly string[];
  /** Paths, each with its size in bytes. */
  readonly files: readonly (readonly [path: string, size: number])[];
  /** Paths, each with where it leads. */
  readonly links: readonly (readonly [path: string, target: string])[];
}

/** What is found while a package is read. */
interface FoundContents {
  readonly folders: string[];
  readonly files: [path: string, size: number][];
  readonly links: [path: string, target: string][];
}

/** Where the scripts of a package and its description are, below its files, once it is unpacked. */
const controlFolder = "DEBIAN";

/**
 * Lists what was unpacked, and gives all of it the owner and the modes of a
 * tree: it belongs to whoever unpacked it, who alone may write, and nothing of
 * it runs with other rights than those of who starts it.
 */
export function settleContents(folder: string): PackageContents {
  const found: FoundContents = { folders: [], files: [], links: [] };
  settleFolder(folder, "", found);
  const control = readText(join(folder, controlFolder, "control"));
  const alternatives = parseAlternatives(readText(join(folder, controlFolder, "postinst")));
  return { ...parseControl(control), alternatives, ...found };
}

function settleFolder(root: string, folder: string, found: FoundContents): void {
  for (const name of readdirSync(join(root, folder)).toSorted()) {
    const path = folder === "" ? name : `${folder}/${name}`;
    if (path === controlFolder) continue;
    const status = lstatSync(join(root, path));
    settleOwner(join(root, path), status);
    if (status.isSymbolicLink()) found.links.push([path, readlinkSync(join(root, path))]);
    if (status.isFile()) found.files.push([path, status.size]);
    // What has the mode of others cannot be read or removed by everybody who has to.
    if (status.isFile()) settleMode(join(root, path), status, (status.mode & 0o755) | 0o400);
    if (!status.isDirectory()) continue;
    found.folders.push(path);
    settleMode(join(root, path), status, 0o755);
    settleFolder(root, path, found);
  }
}

function settleOwner(path: string, { gid, uid }: Stats): void {
  const [user, group] = [process.geteuid?.() ?? uid, process.getegid?.() ?? gid];
  if (uid !== user || gid !== group) lchownSync(path, user, group);
}

function settleMode(path: string, { mode }: Stats, wanted: number): void {
  if ((mode & 0o7777) !== wanted) chmodSync(path, wanted);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return "";
    throw thrown;
  }
}
