import { ownSource, type PackagePin } from "@firn/package-manager";
import { entriesOf } from "./check-sources.ts";
import type { LockProblem } from "./lock-problem.ts";
import { isHash, isPackagePath, isRecord, isSize } from "./package-values.ts";

/** A package of the table, and whether a closure has it. */
export interface TableEntry {
  readonly pin: PackagePin;
  isUsed: boolean;
}

/** Packages by their key, by the name of their source. */
export type PackageTable = ReadonlyMap<string, ReadonlyMap<string, TableEntry>>;

const keyShape = /^(?<name>[!-~]+) (?<version>[!-~]+) (?<architecture>[!-~]+)$/;

/** Checks the table of packages, which may have thousands of lines: that is why no schema does it. */
export function checkTable(given: unknown): { readonly table: PackageTable; readonly problems: LockProblem[] } {
  const problems: LockProblem[] = [];
  const table = new Map<string, Map<string, TableEntry>>();
  for (const [source, packages] of entriesOf(given, "packages", problems)) {
    const entries = new Map<string, TableEntry>();
    table.set(source, entries);
    if (!isRecord(packages)) problems.push(problemAt([source], `"${source}" is no object`));
    for (const [key, value] of isRecord(packages) ? Object.entries(packages) : []) {
      const pin = readPin(source, key, value);
      if (typeof pin === "string") problems.push(problemAt([source, key], pin));
      else entries.set(key, { pin, isUsed: false });
    }
  }
  return { table, problems };
}

/** Gives the pin, or what is wrong with it. */
function readPin(source: string, key: string, value: unknown): PackagePin | string {
  const match = keyShape.exec(key);
  if (match === null) return `"${key}" is not a name, a version and an architecture`;
  if (!isRecord(value)) return `"${key}" has no object`;
  const [, name = "", version = "", architecture = ""] = match;
  if (source === ownSource) {
    const { recipe } = value;
    if (!isHash(recipe)) return `"recipe" of "${key}" is not 64 hexadecimal digits`;
    if (Object.keys(value).length > 1) return `"${key}" has more than "recipe"`;
    return { name, version, architecture, source, sha256: recipe, size: 0, path: "" };
  }
  const { path, sha256, size } = value;
  if (!isHash(sha256)) return `"sha256" of "${key}" is not 64 hexadecimal digits`;
  if (!isSize(size)) return `"size" of "${key}" is no number of bytes`;
  if (!isPackagePath(path)) return `"path" of "${key}" is no path below the address of its source`;
  if (Object.keys(value).length > 3) return `"${key}" has more than "sha256", "size" and "path"`;
  return { name, version, architecture, source, sha256, size, path };
}

/** Lists the packages that no closure has. */
export function findUnused(table: PackageTable): LockProblem[] {
  return [...table].flatMap(([source, entries]) =>
    [...entries].flatMap(([key, { isUsed }]) =>
      isUsed ? [] : [{ ...problemAt([source, key], `No closure has the package "${key}"`), isKey: true }],
    ),
  );
}

function problemAt(at: readonly string[], fact: string): LockProblem {
  return { at: ["packages", ...at], fact, fix: 'Remove "packages" and "closures", then run: firn lock' };
}
