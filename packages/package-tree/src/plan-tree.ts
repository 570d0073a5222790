import type { PackageContents } from "./package-contents.ts";
import type { TreePackage } from "./tree-package.ts";
import { linkedPath, treePath } from "./tree-paths.ts";

/** A package with what it has. */
export interface PackageInTree {
  readonly item: TreePackage;
  readonly contents: PackageContents;
}

/** A file of a package at its place in a tree. */
export interface FileInTree {
  readonly kind: "file";
  readonly from: PackageInTree;
  /** Its path in the package. */
  readonly path: string;
  readonly size: number;
}

/** A link at its place in a tree. */
export interface LinkInTree {
  readonly kind: "link";
  readonly from: PackageInTree;
  /** Path of a machine, without a slash at the start. */
  readonly leadsTo: string;
}

/** What is at a path of a tree that is no folder. */
export type TreeEntry = FileInTree | LinkInTree;

/** Two packages that have the same path, neither of which may take it over. */
export interface Collision {
  /** Absolute, as a program in the tree sees it. */
  readonly path: string;
  /** Name of the package whose file is in the tree. */
  readonly winner: string;
  readonly loser: string;
}

/** What a tree is to have, by path in the tree without a slash at the start. */
export interface TreePlan {
  /** With the name of a package that has it. */
  readonly folders: Map<string, string>;
  readonly entries: Map<string, TreeEntry>;
  readonly collisions: Collision[];
}

/** Says whether two files have the same bytes. */
export type IsSameFile = (one: FileInTree, other: FileInTree) => boolean;

/**
 * Plans the folders, files and links of packages. Where two have the same path,
 * that of a package that replaces the other wins, else that of the later one.
 */
export function planFiles(packages: readonly PackageInTree[], isSameFile: IsSameFile): TreePlan {
  const plan: TreePlan = { folders: new Map(), entries: new Map(), collisions: [] };
  for (const { contents, item } of packages) {
    for (const path of contents.folders) addFolders(plan, treePath(path), item.name);
    for (const [path] of [...contents.files, ...contents.links]) addFolders(plan, parentOf(treePath(path)), item.name);
  }
  for (const from of packages) {
    for (const [path, size] of from.contents.files)
      addEntry(plan, treePath(path), { entry: { kind: "file", from, path, size }, isSameFile });
    for (const [path, target] of from.contents.links)
      addEntry(plan, treePath(path), { entry: { kind: "link", from, leadsTo: linkedPath(path, target) }, isSameFile });
  }
  return plan;
}

/** Adds a link that no package has itself, unless something is there. */
export function addLink(plan: TreePlan, link: string, { from, leadsTo }: Omit<LinkInTree, "kind">): void {
  const place = treePath(link);
  if (place === undefined || plan.entries.has(place) || plan.folders.has(place)) return;
  for (let folder = parentOf(place); folder !== undefined; folder = parentOf(folder))
    if (plan.entries.has(folder)) return;
  addFolders(plan, parentOf(place), from.item.name);
  plan.entries.set(place, { kind: "link", from, leadsTo });
}

function addFolders(plan: TreePlan, folder: string | undefined, name: string): void {
  for (let place = folder; place !== undefined && !plan.folders.has(place); place = parentOf(place))
    plan.folders.set(place, name);
}

function parentOf(path: string | undefined): string | undefined {
  const end = path?.lastIndexOf("/") ?? -1;
  return end < 0 ? undefined : path?.slice(0, end);
}

/** What is added, and how it is compared. */
interface Addition {
  readonly entry: TreeEntry;
  readonly isSameFile: IsSameFile;
}

function addEntry(plan: TreePlan, place: string | undefined, addition: Addition): void {
  const { entry } = addition;
  if (place === undefined) return;
  // A link of an older layout may lead to its own place in this one.
  if (entry.kind === "link" && treePath(entry.leadsTo) === place) return;
  const { name } = entry.from.item;
  const folder = plan.folders.get(place);
  const there = plan.entries.get(place);
  if (folder !== undefined) plan.collisions.push({ path: `/${place}`, winner: folder, loser: name });
  else if (there === undefined) plan.entries.set(place, entry);
  else if (!isEqual(there, addition)) collide(plan, place, { entry, there });
}

function collide(plan: TreePlan, place: string, { entry, there }: { entry: TreeEntry; there: TreeEntry }): void {
  const [one, other] = [entry.from, there.from];
  const mayTake = one.contents.replaces.includes(other.item.name);
  if (!mayTake && other.contents.replaces.includes(one.item.name)) return;
  plan.entries.set(place, entry);
  // One package may have a file at both places that are one here.
  if (mayTake || one.item === other.item) return;
  plan.collisions.push({ path: `/${place}`, winner: one.item.name, loser: other.item.name });
}

function isEqual(there: TreeEntry, { entry, isSameFile }: Addition): boolean {
  if (there.kind === "link") return entry.kind === "link" && treePath(entry.leadsTo) === treePath(there.leadsTo);
  return entry.kind === "file" && entry.size === there.size && isSameFile(entry, there);
}
