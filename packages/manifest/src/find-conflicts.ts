import { renderPath } from "@firn/diagnostic";
import type { ManifestReading, Placement } from "./manifest-reading.ts";

interface Placed extends Placement {
  readonly whole: string;
}

/**
 * Reports what cannot be at its path beside something else: two things with one
 * path, and something below a path that is no directory.
 *
 * @param homeOf gives the home of a user, where it is known
 */
export function findConflicts(reading: ManifestReading, homeOf: (user: string) => string | undefined): void {
  const byPath = new Map<string, Placed>();
  const placed = reading.placements.map((each) => ({ ...each, whole: wholePath(each, homeOf) }));
  for (const each of placed) {
    const other = byPath.get(each.whole);
    if (other === undefined) byPath.set(each.whole, each);
    else refuse(reading, each, { other, problem: `"${renderPath(other.option)}" is at ${each.whole}, too` });
  }
  for (const each of placed) {
    const other = findBlocking(each.whole, byPath);
    if (other === undefined) continue;
    refuse(reading, each, { other, problem: `it is at ${each.whole}, and ${other.whole} is no directory` });
  }
}

/** Gives the absolute path; for a home that is not known one that no other path is. */
function wholePath({ path, user }: Placement, homeOf: (user: string) => string | undefined): string {
  if (user === undefined) return path;
  const home = homeOf(user) ?? `~${user}`;
  return home === "/" ? `/${path}` : `${home}/${path}`;
}

function findBlocking(path: string, byPath: ReadonlyMap<string, Placed>): Placed | undefined {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const above = byPath.get(path.slice(0, end));
    if (above !== undefined && above.state.kind !== "directory") return above;
  }
  return undefined;
}

function refuse(
  reading: ManifestReading,
  placed: Placed,
  { other, problem }: { other: Placed; problem: string },
): void {
  reading.refuse(placed.option, {
    code: "path-conflict",
    problem,
    why: [placed, other].map(
      ({ option, state, whole }) => `"${renderPath(option)}" makes ${whole}: ${words[state.kind]}`,
    ),
    fix: "Remove one of them, or give it another path",
  });
}

const words = {
  link: "a file",
  file: "a file",
  profile: "a link to programs",
  symlink: "a symbolic link",
  directory: "a directory",
} as const;
