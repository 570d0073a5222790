import type { Pair, YAMLMap } from "yaml";
import { endOf, startOf } from "./flake-source.ts";
import { lineStart, nextLine } from "./text-lines.ts";
import { type Splice } from "./text-splice.ts";
import { colonEnd, pairEnd, pairStart } from "./yaml-pair.ts";

/** Where an entry is: in a map that is the value of a pair. */
export interface EntryPosition {
  readonly parent: Pair;
  readonly map: YAMLMap;
  readonly pair: Pair;
}

/**
 * Says what to take out so that an entry of a map is gone, with the comment
 * directly above it; a comment above the first entry may be about all of them.
 */
export function deleteInput(text: string, { parent, map, pair }: EntryPosition): Splice[] {
  if (map.flow === true) return [deleteFromBraces(text, map, pair)];
  const end = nextLine(text, pairEnd(text, pair));
  const first = lineStart(text, pairStart(pair));
  const start = pair === map.items[0] ? first : startOfComment(text, first, pairStart(pair) - first);
  const isLastLine = !text.slice(start, end).endsWith("\n");
  const lines = { start: isLastLine ? endOfLineBefore(text, start) : start, end, text: "" };
  if (map.items.length > 1) return [lines];
  const colon = colonEnd(text, parent);
  return [{ start: colon, end: colon, text: " {}" }, lines];
}

function endOfLineBefore(text: string, start: number): number {
  return text.slice(0, start).replace(/\r?\n$/, "").length;
}

/** Goes up over the lines that are comments with the same indentation. */
function startOfComment(text: string, start: number, indent: number): number {
  const above = lineStart(text, start - 1);
  const line = text.slice(above, start);
  const isComment = start > 0 && line.startsWith(`${" ".repeat(indent)}#`);
  return isComment ? startOfComment(text, above, indent) : start;
}

function deleteFromBraces(text: string, map: YAMLMap, pair: Pair): Splice {
  const at = map.items.indexOf(pair);
  const [previous, next] = [map.items[at - 1], map.items[at + 1]];
  const end = pairEnd(text, pair);
  if (previous === undefined) return deleteFirst(text, { map, pair, next });
  const between = text.slice(pairEnd(text, previous), pairStart(pair));
  if (!between.includes("#")) return { start: pairEnd(text, previous), end, text: "" };
  const comma = /^[ \t]*,/.exec(text.slice(end))?.[0].length ?? 0;
  return { start: pairEnd(text, previous) + between.trimEnd().length, end: end + comma, text: "" };
}

function deleteFirst(
  text: string,
  { map, pair, next }: { readonly map: YAMLMap; readonly pair: Pair; readonly next: Pair | undefined },
): Splice {
  if (next !== undefined) return { start: pairStart(pair), end: pairStart(next), text: "" };
  const [start, end] = [startOf(map) + 1, endOf(map) - 1];
  const isCommented =
    text.slice(start, pairStart(pair)).includes("#") || text.slice(pairEnd(text, pair), end).includes("#");
  if (!isCommented) return { start, end, text: "" };
  const comma = /^[ \t]*,/.exec(text.slice(pairEnd(text, pair)))?.[0].length ?? 0;
  return { start: pairStart(pair), end: pairEnd(text, pair) + comma, text: "" };
}
