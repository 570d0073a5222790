import { checkClosures } from "./check-closures.ts";
import { checkSources } from "./check-sources.ts";
import { checkTable, findUnused } from "./check-table.ts";
import type { LockProblem } from "./lock-problem.ts";
import { type PackageLock, packageLockOf } from "./package-lock.ts";
import { isRecord } from "./package-values.ts";

/** What a lock says of packages, and what is wrong with it. */
export interface CheckedPackages {
  readonly packages: PackageLock;
  readonly problems: readonly LockProblem[];
}

/** What a text of a lock has for packages, not checked. */
export interface RawPackages {
  readonly sources?: unknown;
  readonly packages?: unknown;
  readonly closures?: unknown;
}

/**
 * Checks what a lock says of packages.
 *
 * @param isMended whether closures that are not whole are left out, and packages that no closure has
 */
export function checkPackages({ closures, packages, sources }: RawPackages, isMended: boolean): CheckedPackages {
  const pins = checkSources(sources);
  const { table, problems } = checkTable(packages);
  const known = isMended ? {} : { sources: new Set(isRecord(sources) ? Object.keys(sources) : []) };
  const found = checkClosures(closures, { table, ...known });
  // A table with mistakes lacks what closures have, which is then no mistake of theirs.
  const dependent = isMended || problems.length > 0 ? [] : [...found.problems, ...findUnused(table)];
  return {
    packages: packageLockOf(pins.sources, found.closures),
    problems: [...pins.problems, ...problems, ...dependent],
  };
}
