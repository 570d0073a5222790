import { sorted } from "./account-line.ts";

/** A list in which some items are Firn's. */
export interface OwnedList {
  /** Items in order; undefined stands where one of Firn's is. */
  readonly items: readonly (string | undefined)[];
  /** Firn's items as they are to be; more of them than places get theirs at `end`. */
  readonly owned: readonly string[];
  /** Where new items go, as an index of `items`. */
  readonly end: number;
}

/**
 * Puts Firn's items, sorted, into the places that Firn has. What is others'
 * keeps its order; and the order of Firn's does not depend on what was there
 * in between, so that going back gives the same text.
 */
export function placeOwned({ end, items, owned }: OwnedList): string[] {
  const places = items.filter((item) => item === undefined).length;
  const added = Array.from({ length: owned.length - places }, () => undefined);
  const rest = sorted(owned);
  return items.toSpliced(end, 0, ...added).flatMap((item) => item ?? rest.shift() ?? []);
}
