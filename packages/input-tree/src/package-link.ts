import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";

/** A link by which a package is found. */
export interface PackageLink {
  /** Relative to the flake. */
  readonly path: string;
  /** What the link says: relative to its own folder, or absolute for a folder outside of the flake. */
  readonly target: string;
}

/** Makes the link to a folder; it stays right when the whole flake is moved. */
export function packageLink(root: string, path: string, folder: string): PackageLink {
  const isOwn = folder === root || folder.startsWith(root + sep);
  return { path: relative(root, path), target: isOwn ? relative(dirname(path), folder) : folder };
}

/** Tells whether a link is there as it should be. */
export function isLinked(root: string, { path, target }: PackageLink): boolean {
  return readTarget(join(root, path)) === target;
}

/** Writes a link, in place of any other; there is no moment without one. */
export function writeLink(root: string, { path, target }: PackageLink): void {
  const link = join(root, path);
  const beside = join(dirname(link), `.firn-${process.pid}`);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(beside, { force: true });
  symlinkSync(target, beside);
  renameSync(beside, link);
}

/** Removes links, and folders that are empty without them. */
export function removeLinks(root: string, links: readonly PackageLink[]): void {
  for (const link of links) {
    if (!isLinked(root, link)) continue;
    rmSync(join(root, link.path));
    removeEmpty(root, dirname(link.path));
  }
}

function removeEmpty(root: string, path: string): void {
  const isOwn = /(?:^|[/\\])node_modules(?:[/\\]@[^/\\]*)?$/.test(path);
  if (!isOwn || readdirSync(join(root, path)).length > 0) return;
  rmSync(join(root, path), { recursive: true });
  removeEmpty(root, dirname(path));
}

/** Says where a link leads as it is written; undefined for anything else, and for nothing. */
export function readTarget(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Tells whether a folder is there where its path says, and not elsewhere through a symbolic link. */
export function isOwnFolder(path: string): boolean {
  return existsSync(path) && realpathSync.native(path) === path;
}

/** Whose links are told from others'. */
export interface LinkOwner {
  readonly root: string;
  readonly inputsFolder: string;
  /** Paths of links that were written before, relative to the flake. */
  readonly earlier: ReadonlySet<string>;
}

/** A repository may bring a link where a folder for links is to be; nothing is written through it. */
function isOwnPath(folder: string): boolean {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return isOwnPath(dirname(folder));
  return isOwnFolder(folder);
}

/** Tells whether something that was not put there for inputs stands where a link should be. */
export function isTakenByOthers(link: PackageLink, { root, inputsFolder, earlier }: LinkOwner): boolean {
  const path = join(root, link.path);
  if (!isOwnPath(dirname(path))) return true;
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return false;
  const target = readTarget(path);
  if (target === undefined) return true;
  const isOurs = target === link.target || earlier.has(link.path);
  return !isOurs && !resolve(dirname(path), target).startsWith(inputsFolder + sep);
}

/** Lists the links to packages in a node_modules, with their absolute paths. */
export function listLinks(nodeModules: string): string[] {
  if (!existsSync(nodeModules)) return [];
  return readdirSync(nodeModules).flatMap((name) => {
    if (name.startsWith("@"))
      return readdirSync(join(nodeModules, name)).map((below) => join(nodeModules, name, below));
    return name.startsWith(".") ? [] : [join(nodeModules, name)];
  });
}
