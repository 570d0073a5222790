import { placeOwned } from "./place-owned.ts";

/** A list of members, and what is to become of it. */
export interface MemberWish {
  /** Names with a comma between two. */
  readonly list: string;
  readonly wanted: readonly string[];
  /** Members that Firn added. */
  readonly added: readonly string[];
  /** Tells whether a name goes that others added. */
  isGone(name: string): boolean;
}

/** Adds members that are wanted, and takes out those that Firn added and that no longer are. Others stay. */
export function settleMembers({ added, isGone, list, wanted }: MemberWish): { list: string; added: string[] } {
  const wants = new Set(wanted);
  const owned: string[] = [];
  const items: (string | undefined)[] = [];
  const seen = new Set<string>();
  for (const name of parseMembers(list)) {
    const isOwned = added.includes(name) && !seen.has(name);
    seen.add(name);
    if (!wants.has(name) && (isOwned || isGone(name))) continue;
    items.push(isOwned ? undefined : name);
    if (isOwned) owned.push(name);
  }
  for (const name of wants) if (!seen.has(name)) owned.push(name);
  return { list: placeOwned({ items, owned, end: items.length }).join(","), added: owned };
}

/** Parses a list of members; an empty name between two commas is one of them. */
export function parseMembers(list: string): string[] {
  return list === "" ? [] : list.split(",");
}
