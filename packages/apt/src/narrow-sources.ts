import type { AptContext } from "./apt-context.ts";
import type { ReadyList, ReadySource } from "./ensure-lists.ts";
import { type ListCache, pinOf } from "./list-cache.ts";
import { PackageIndex } from "./package-index.ts";
import type { ListPlace } from "./list-stanzas.ts";

/** What a list has that could be needed. */
interface NarrowedList {
  readonly list: ReadyList;
  readonly index: PackageIndex;
  readonly found: FoundText[];
}

interface FoundText extends ListPlace {
  readonly text: Buffer;
}

/**
 * Leaves out of lists whatever could not come to be needed for some names, in
 * whatever version and through whichever alternative. apt finds the same in
 * what is left, in a fraction of the time: of the 60,000 packages of Debian,
 * ten programs can reach some hundred.
 *
 * @param kept where the lists that are left are written
 */
export function narrowSources(
  sources: readonly ReadySource[],
  starts: Iterable<string>,
  { kept, of: { cache, lists } }: { readonly kept: ListCache; readonly of: AptContext },
): ReadySource[] {
  const narrowed = sources.flatMap((source) =>
    source.lists.map((list): NarrowedList => {
      const index = PackageIndex.open({ cache, file: lists.fileOf(list.pin), pin: list.pin });
      return { list, index, found: [] };
    }),
  );
  const order = renderOrder(collectReach(starts, narrowed), narrowed);
  const files = new Map(
    narrowed.map(({ found, list }, index) => [list, keepList(found, index === 0 ? order : "", kept)]),
  );
  return sources.map((source) => ({
    ...source,
    lists: source.lists.map((list) => ({ ...list, pin: files.get(list) ?? list.pin })),
  }));
}

/** Fills what lists have with all that can be reached. @returns the names of it, those that no package has, too */
function collectReach(starts: Iterable<string>, lists: readonly NarrowedList[]): ReadonlySet<string> {
  const seen = new Set(starts);
  let level = [...seen];
  while (level.length > 0) {
    const next = lists.flatMap((list) => [
      ...takePackages(level, list),
      ...level.flatMap((name) => list.index.listProviders(name)),
    ]);
    level = [...new Set(next)].filter((name) => !seen.has(name));
    for (const name of level) seen.add(name);
  }
  return seen;
}

/** @returns the names of what those packages need */
function takePackages(names: readonly string[], { found, index }: NarrowedList): string[] {
  const places = index.locate(names);
  const texts = index.readTexts(places);
  for (const [count, place] of places.entries()) found.push({ ...place, text: texts[count] ?? Buffer.alloc(0) });
  return texts.flatMap((text) => listNeeded(text.toString("latin1")));
}

/** Lists the names of all alternatives; long fields may go on in lines that are indented. */
function listNeeded(text: string): string[] {
  const fields = text.match(/^(?:pre-)?depends:.*(?:\n[ \t].*)*/gim) ?? [];
  return fields.flatMap((field) =>
    field
      .slice(field.indexOf(":") + 1)
      .split(/[,|]/)
      .flatMap((one) => /^\s*(?<name>[^\s(:[]+)/.exec(one)?.groups?.["name"] ?? []),
  );
}

/**
 * Of several packages that provide the same, and are as good, apt takes the one
 * whose name it comes across last, whoever mentions it. That is to stay as it is
 * in the whole lists: a package that nothing needs mentions all in that order.
 */
function renderOrder(names: ReadonlySet<string>, lists: readonly NarrowedList[]): string {
  const ranks = [...names].flatMap((name): { name: string; list: number; rank: number }[] => {
    const list = lists.findIndex(({ index }) => index.rankOf(name) !== undefined);
    const rank = lists[list]?.index.rankOf(name);
    return rank === undefined ? [] : [{ name, list, rank }];
  });
  const sorted = ranks.toSorted((one, other) => one.list - other.list || one.rank - other.rank);
  const suggests = sorted.map(({ name }) => name).join(", ");
  return `Package: firn-order-of-names\nVersion: 0\nArchitecture: all\nSuggests: ${suggests}\n\n`;
}

/** What comes first in a list counts for more where nothing else decides, too. */
function keepList(found: readonly FoundText[], before: string, kept: ListCache): ReadyList["pin"] {
  const sorted = found.toSorted((one, other) => one.start - other.start);
  const bytes = Buffer.concat([Buffer.from(before), ...sorted.flatMap(({ text }) => [text, Buffer.from("\n")])]);
  const pin = pinOf(bytes);
  kept.keep(pin, bytes);
  return pin;
}
