import type { Numbered } from "./profile.ts";

/** Which generations are kept. */
export interface ExpireOptions {
  /** How many of the newest stay, at least. */
  readonly keep: number;
  /** Those first switched to before this moment go, in milliseconds since 1970. @default all */
  readonly before?: number;
  /** Number of the current one, which always stays. */
  readonly current?: number;
}

/** Finds the generations that are neither new enough nor among the newest. */
export function findExpired(
  all: readonly Numbered[],
  { before = Infinity, current, keep }: ExpireOptions,
): readonly Numbered[] {
  const newest = new Set(keep > 0 ? all.slice(-keep) : []);
  return all.filter((each) => each.number !== current && !newest.has(each) && Date.parse(each.time) < before);
}
