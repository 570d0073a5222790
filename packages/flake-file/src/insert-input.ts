import { Document, isMap, type Pair, stringify, type YAMLMap } from "yaml";
import { endOf, type FlakeSource, startOf } from "./flake-source.ts";
import { isFirstInLine, lineBreakOf, lineEnd, lineStart } from "./text-lines.ts";
import { type Splice } from "./text-splice.ts";
import { colonEnd, findEntry, isFilledMap, pairEnd, pairStart } from "./yaml-pair.ts";

const usualStep = 2;

/** An input to be written: its name, and its fields below it. */
export type NamedFields = Readonly<Record<string, unknown>>;

/** Says what to write where so that an input is the last below a key of the root, in the manner of those before it. */
export function insertInput({ text, document }: FlakeSource, group: string, entry: NamedFields): Splice[] {
  const root = document.contents;
  const parent = findEntry(root, group);
  const map = parent?.value;
  if (isMap(map) && map.flow === true && (isFilledMap(map) || !isReplaceable(text, root, map))) {
    return insertInBraces(text, map, renderInline(entry));
  }
  if (isFilledMap(map)) return [insertBelow(text, map, renderLines(text, map, entry))];
  const step = stepOf(text, root);
  const lines = renderBlock(entry, { step, indent: step, lineBreak: lineBreakOf(text) });
  if (parent !== undefined) return fillEmpty(text, parent, lines);
  if (isMap(root) && root.flow === true) return insertInBraces(text, root, `${group}: { ${renderInline(entry)} }`);
  const added = `${group}:${lineBreakOf(text)}${lines}`;
  if (isFilledMap(root)) return [insertBelow(text, root, added)];
  const isAtLineStart = text === "" || text.endsWith("\n");
  const put = isAtLineStart ? `${added}${lineBreakOf(text)}` : `${lineBreakOf(text)}${added}`;
  return [{ start: text.length, end: text.length, text: put }];
}

/** Empty braces become lines, unless they hold a comment or stand in braces themselves. */
function isReplaceable(text: string, root: unknown, map: YAMLMap): boolean {
  return !(isMap(root) && root.flow === true) && text.slice(startOf(map) + 1, endOf(map) - 1).trim() === "";
}

function insertBelow(text: string, map: YAMLMap, lines: string): Splice {
  const last = map.items.at(-1);
  const at = lineEnd(text, last === undefined ? text.length : pairEnd(text, last));
  return { start: at, end: at, text: `${lineBreakOf(text)}${lines}` };
}

function fillEmpty(text: string, parent: Pair, lines: string): Splice[] {
  const start = colonEnd(text, parent);
  const end = Math.max(start, pairEnd(text, parent));
  const at = lineEnd(text, end);
  const put = `${text.slice(end, at)}${lineBreakOf(text)}${lines}`;
  return [{ start, end: at, text: put }];
}

/** Writes the entry as the one before it is written: in lines, or in braces in one line. */
function renderLines(text: string, map: YAMLMap, entry: NamedFields): string {
  const last = map.items.at(-1);
  const first = map.items[0];
  const at = first === undefined ? 0 : pairStart(first);
  const indent = at - lineStart(text, at);
  if (isMap(last?.value) && last.value.flow === true) return `${" ".repeat(indent)}${renderInline(entry)}`;
  const inner = map.items.map(({ value }) => firstKey(value)).find((key) => key !== undefined);
  const step = inner === undefined ? usualStep : inner - lineStart(text, inner) - indent;
  return renderBlock(entry, { step, indent, lineBreak: lineBreakOf(text) });
}

function firstKey(value: unknown): number | undefined {
  const [pair] = isFilledMap(value) && value.flow !== true ? value.items : [];
  return pair && pairStart(pair);
}

/** By how much lines are indented below the top-level keys, as far as there are some. */
function stepOf(text: string, root: unknown): number {
  const keys = isMap(root) ? root.items.map(({ value }) => firstKey(value)) : [];
  const key = keys.find((each) => each !== undefined);
  return key === undefined ? usualStep : key - lineStart(text, key);
}

function renderBlock(
  entry: NamedFields,
  { step, indent, lineBreak }: { readonly step: number; readonly indent: number; readonly lineBreak: string },
): string {
  const lines = stringify(entry, { indent: step, lineWidth: 0 }).trimEnd().split("\n");
  return lines.map((line) => `${" ".repeat(indent)}${line}`).join(lineBreak);
}

function renderInline(entry: NamedFields): string {
  const document = new Document(entry);
  if (isMap(document.contents)) {
    for (const { value } of document.contents.items) if (isMap(value)) value.flow = true;
  }
  return document.toString({ lineWidth: 0 }).trimEnd();
}

function insertInBraces(text: string, map: YAMLMap, entry: string): Splice[] {
  const last = map.items.at(-1);
  if (last === undefined) {
    const start = startOf(map) + 1;
    return [{ start, end: start, text: /\s/.test(text[start] ?? "") ? ` ${entry}` : ` ${entry} ` }];
  }
  const [start, end] = [pairStart(last), pairEnd(text, last)];
  const rest = /^(?<comma>\s*,)?[ \t]*(?:#.*)?$/.exec(text.slice(end, lineEnd(text, end)));
  if (rest === null || !isFirstInLine(text, start)) return [{ start: end, end, text: `, ${entry}` }];
  const hasComma = rest.groups?.["comma"] !== undefined;
  const at = lineEnd(text, end);
  const line = `${lineBreakOf(text)}${text.slice(lineStart(text, start), start)}${entry}${hasComma ? "," : ""}`;
  return hasComma || at === end
    ? [{ start: at, end: at, text: hasComma ? line : `,${line}` }]
    : [
        { start: end, end, text: "," },
        { start: at, end: at, text: line },
      ];
}
