import type { Fault, KilledCommand } from "./killed-command.ts";

/** How often each command is killed; FIRN_KILLS sets another number. There are a third as many errors. */
const kills = Number(process.env["FIRN_KILLS"] ?? 12);

/** What came of faults. */
export interface Judged {
  /** What the machine was after them: "new", "old". */
  readonly found: readonly string[];
  readonly problems: readonly string[];
}

/** Kills a command at points that are spread evenly over all that it changes, from the first change to the last. */
export function spreadKills(count: number): Fault[] {
  return spread(kills, count).map((n) => ({ kind: "kill", n }));
}

/** The same, and the next run is killed too, while it takes back or ends what the first left. */
export function spreadKillsOfBoth(count: number): Fault[] {
  const all = spread(kills / 2, count);
  // The first moments of the next run are those in which it recovers.
  return all.map((n, index) => ({ kind: "kill", n, next: 1 + ((index * 7) % 90) }));
}

/** Has changes fail, each with the errors of a disk in turn: that change alone, or all from it on. */
export function spreadErrors(count: number): Fault[] {
  const errors = ["ENOSPC", "EIO", "EROFS"] as const;
  return spread(kills / 3, count).map((n, index) => ({
    kind: "error",
    n,
    error: errors[index % errors.length] ?? "EIO",
    isLasting: index % 2 === 1,
  }));
}

function spread(wanted: number, count: number): number[] {
  const number = Math.max(2, Math.min(Math.round(wanted), count));
  return Array.from({ length: number }, (_, index) => 1 + Math.round((index * (count - 1)) / (number - 1)));
}

/** Has a command meet all faults, one after the other. */
export async function meetAll(command: KilledCommand, faults: readonly Fault[]): Promise<Judged> {
  const found = new Set<string>();
  const problems: string[] = [];
  for (const fault of faults) {
    const outcome = await command.meet(fault);
    found.add(outcome.found);
    problems.push(...outcome.problems);
  }
  return { found: [...found].toSorted(), problems };
}
