import { findFreeId, type IdRanges } from "./account-ids.ts";

/** A name that needs an id. */
export interface IdWish {
  readonly name: string;
  readonly declared: number | undefined;
  readonly isSystem: boolean;
  /** Whether its line is Firn's, or will be. */
  readonly isMade: boolean;
  /** The id in the line now. */
  readonly current: number | undefined;
  /** The id that the line would have without Firn. */
  readonly own: number | undefined;
}

/** Ids of one kind: of users, or of groups. */
export interface IdAssignment {
  readonly wishes: readonly IdWish[];
  /** Ids of names that are not declared. */
  readonly others: ReadonlyMap<string, number>;
  /** Ids by name, that of choice first. */
  readonly remembered: ReadonlyMap<string, readonly number[]>;
  /** Ids that are in use in another way, such as a primary group that has no line. */
  readonly reserved: ReadonlySet<number>;
  readonly ranges: IdRanges;
}

/** Finds the ids that names have for sure: declared, their line's, remembered. In this order, as the first are not to give way. */
export function keepIds({ others, remembered, wishes }: IdAssignment): Map<string, number> {
  const ids = new Map<string, number>();
  for (const { current, declared, isMade, name, own } of wishes) {
    const wasGiven = isMade && current !== undefined && current === remembered.get(name)?.[0];
    const id = declared ?? (isMade ? (wasGiven ? current : undefined) : own);
    if (id !== undefined) ids.set(name, id);
  }
  const used = new Set([...others.values(), ...ids.values()]);
  for (const { name } of wishes) {
    const id = ids.has(name) ? undefined : remembered.get(name)?.[0];
    if (id === undefined || used.has(id)) continue;
    ids.set(name, id);
    used.add(id);
  }
  return ids;
}

/** Where the other ids come from. */
export interface IdSource {
  /** The id that a name gets if it is free. */
  preferred?(name: string): number | undefined;
  /** Ids that do not do for a name. */
  unfit?(name: string): ReadonlySet<number> | undefined;
}

/** Gives free ids to the names that have none; those that get none are missing. */
export function assignIds(
  assignment: IdAssignment,
  kept: ReadonlyMap<string, number>,
  source: IdSource,
): Map<string, number> {
  const { others, ranges, remembered, reserved, wishes } = assignment;
  const ids = new Map(kept);
  const taken = new Set([...others.values(), ...kept.values(), ...reserved, ...[...remembered.values()].flat()]);
  for (const { isSystem, name } of wishes.filter((wish) => !kept.has(wish.name))) {
    const preferred = source.preferred?.(name);
    const unfit = source.unfit?.(name);
    const search = { range: isSystem ? ranges.system : ranges.normal, isDescending: isSystem, taken };
    const isFree = preferred !== undefined && !taken.has(preferred);
    const id = isFree ? preferred : findFreeId({ ...search, ...(unfit && { alsoTaken: unfit }) });
    if (id === undefined) continue;
    ids.set(name, id);
    taken.add(id);
  }
  return ids;
}
