import type { AccountFileName } from "./account-files.ts";
import { isNisLine, keyOfLine, parseFields, parseLines, renderLines } from "./account-line.ts";
import { placeOwned } from "./place-owned.ts";

/** What becomes of a line: new fields, or undefined for none. It is given undefined where there is none yet. */
export type LineEdit = (fields: readonly string[] | undefined) => readonly string[] | undefined;

/** An edit of a file. */
export interface LinesEdit {
  readonly file: AccountFileName;
  readonly text: string;
  /** Keys of the lines that Firn made. */
  readonly made: ReadonlySet<string>;
  /** By key; other lines stay. */
  readonly edits: ReadonlyMap<string, LineEdit>;
}

/** Edits lines, and adds those that are not there; all others stay byte for byte, in order. */
export function editLines({ edits, file, made, text }: LinesEdit): { text: string; made: ReadonlySet<string> } {
  const { endsInNewline, lines } = parseLines(text);
  const owned = new Map<string, string>();
  const seen = new Set<string>();
  const items: (string | undefined)[] = [];
  for (const line of lines) {
    const key = keyOfLine(file, line);
    if (key === undefined || seen.has(key)) {
      items.push(line);
      continue;
    }
    seen.add(key);
    const edited = editLine(line, { file, edit: edits.get(key) });
    if (edited !== undefined && made.has(key)) owned.set(key, edited);
    if (edited !== undefined) items.push(made.has(key) ? undefined : edited);
  }
  for (const [key, edit] of edits) {
    const fields = seen.has(key) ? undefined : edit(undefined);
    if (fields !== undefined) owned.set(key, fields.join(":"));
  }
  const nis = items.findIndex((item) => item !== undefined && isNisLine(item));
  const placed = placeOwned({ items, owned: [...owned.values()], end: nis === -1 ? items.length : nis });
  return { text: renderLines({ lines: placed, endsInNewline }), made: new Set(owned.keys()) };
}

function editLine(
  line: string,
  { edit, file }: { file: AccountFileName; edit: LineEdit | undefined },
): string | undefined {
  return edit === undefined ? line : edit(parseFields(file, line))?.join(":");
}
