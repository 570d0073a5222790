import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { InputPath } from "@firn/input";
import type { Lockfile } from "@firn/lock";
import { linkAreas } from "./link-plan.ts";
import { isLinked, isOwnFolder, type PackageLink } from "./package-link.ts";

/** What a layout was made for, and what it consists of. */
export interface Stamp {
  /** Whether the layout is complete; else it is being made, or was being made when its process was killed. */
  readonly isComplete: boolean;
  /** What the layout was made for, as text. */
  readonly request: string;
  /** Folder of each input: relative to the flake, or absolute outside of it. */
  readonly folders: Readonly<Record<InputPath, string>>;
  readonly links: readonly PackageLink[];
  /** Which of the folders that get links there were. */
  readonly areas: readonly string[];
  /** Files and folders of the user by which links were decided, with {@link stateOf} each. */
  readonly watched: readonly (readonly [string, string])[];
}

/** Where the stamp is, relative to the folder of the inputs. */
export const stampName = ".laid-out";

/** What a layout is made for. */
export interface LayoutRequest {
  readonly lock: Lockfile;
  readonly localOverrides: ReadonlyMap<InputPath, string>;
}

/** Changes whenever a layout made by another version of Firn must be made again. */
const format = 1;

/** Renders what a layout is made for as text. Comparing texts spares the 2 to 10 ms in which `node:crypto` loads. */
export function renderRequest({ lock, localOverrides }: LayoutRequest): string {
  return JSON.stringify([format, lock.inputs, [...localOverrides]]);
}

/** Reads the stamp of a layout; undefined when there is none, or none that can be read. */
export function readStamp(inputsFolder: string): Stamp | undefined {
  try {
    const stamp = JSON.parse(readFileSync(join(inputsFolder, stampName), "utf8")) as Stamp | null; // writeStamp wrote it.
    return stamp ?? undefined;
  } catch {
    return undefined;
  }
}

/** Writes the stamp of a layout, at once. */
export function writeStamp(inputsFolder: string, stamp: Stamp): void {
  const file = join(inputsFolder, stampName);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}-${process.pid}`, JSON.stringify(stamp));
  renameSync(`${file}-${process.pid}`, file);
}

/** Lists the folders of a flake that get links. */
export function listAreas(root: string): string[] {
  return linkAreas.filter((area) => isOwnFolder(join(root, area)));
}

/** Says what can be seen of a file or folder without reading it. */
export function stateOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.mtimeMs} ${stats.size}`;
}

/** Tells whether all that a stamp says is still so. */
export function holds(stamp: Stamp, root: string): boolean {
  return (
    stamp.isComplete &&
    stamp.areas.join() === listAreas(root).join() &&
    Object.values(stamp.folders).every((folder) => existsSync(join(root, folder))) &&
    stamp.links.every((link) => isLinked(root, link)) &&
    stamp.watched.every(([path, state]) => stateOf(path) === state)
  );
}
