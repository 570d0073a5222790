import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A TypeScript source of the workspace. */
export interface SourceFile {
  /** Path from the root of the workspace, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** The folders that hold one package each. */
export const areas = ["packages", "modules", "hosts"] as const;
export type Area = (typeof areas)[number];

/** Says to which package a path belongs. */
export interface Owner {
  readonly area: Area;
  /** Name of the folder of the package. */
  readonly folder: string;
}

/** Finds the package that a path of the workspace belongs to. */
export function findOwner(path: string): Owner | undefined {
  const [first, folder, ...rest] = path.split("/");
  const area = areas.find((name) => name === first);
  return area && folder && rest.length > 0 ? { area, folder } : undefined;
}

/** Reads every source of every package, in the order of their paths; not fixtures, which can be wrong on purpose. */
export function readSources(root: string): SourceFile[] {
  return listPackages(root)
    .flatMap(({ area, folder }) => listFiles(join(root, area, folder)))
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, "utf8") }));
}

/** Lists the packages of the workspace: the folders that have a src/ folder. */
export function listPackages(root: string): Owner[] {
  return areas.flatMap((area) =>
    entriesOf(join(root, area))
      .filter((entry) => entry.isDirectory() && entriesOf(join(root, area, entry.name, "src")).length > 0)
      .map((entry) => ({ area, folder: entry.name })),
  );
}

/** Is true for a test and for what only tests import, such as all that stands beside src/. */
export function isTest(path: string): boolean {
  return path.endsWith(".test.ts") || path.endsWith("/testing.ts") || path.split("/")[2] !== "src";
}

/** Folders that hold no source of ours, or sources that are wrong on purpose. */
const skipped = ["node_modules", "dist", "fixtures"];

function listFiles(folder: string): string[] {
  const entries = entriesOf(folder).filter(({ name }) => !name.startsWith(".") && !skipped.includes(name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
