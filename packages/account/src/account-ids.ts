/** A range of ids, both ends within it. */
export type IdRange = readonly [first: number, last: number];

/** Ranges that free ids are taken from. */
export interface IdRanges {
  /** Taken from its end downwards. */
  readonly system: IdRange;
  readonly normal: IdRange;
  /** Subordinate ids. */
  readonly subordinate: IdRange;
}

/** Ranges as Debian has them; people's ends where systemd's own begin to be taken by containers and the like. */
export const debianRanges: IdRanges = {
  system: [100, 999],
  normal: [1000, 29_999],
  subordinate: [100_000, 600_100_000],
};

/** Subordinate ids that a user gets. */
export const subordinateCount = 65_536;

/** Looks for a free id. */
export interface IdSearch {
  readonly range: IdRange;
  readonly isDescending: boolean;
  /** Ids after which it is looked first: those of users who are gone may still own files. */
  readonly taken: ReadonlySet<number>;
  /** Ids that do not do either. */
  readonly alsoTaken?: ReadonlySet<number>;
}

/**
 * Finds a free id: the one after all that are taken, as useradd does; where the
 * range ends there, the first free one. Undefined when there is none.
 */
export function findFreeId({ alsoTaken, isDescending, range: [first, last], taken }: IdSearch): number | undefined {
  const inRange = [...taken].filter((id) => id >= first && id <= last);
  const step = isDescending ? -1 : 1;
  const start = isDescending ? last : first;
  const next = inRange.reduce((id, used) => (isDescending ? Math.min(id, used - 1) : Math.max(id, used + 1)), start);
  const isFree = (id: number): boolean => !taken.has(id) && alsoTaken?.has(id) !== true;
  for (const from of [next, start]) {
    for (let id = from; id >= first && id <= last; id += step) if (isFree(id)) return id;
  }
  return undefined;
}
