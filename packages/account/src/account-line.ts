import type { AccountFileName } from "./account-files.ts";

/** The lines of a file. */
export interface AccountLines {
  readonly lines: readonly string[];
  readonly endsInNewline: boolean;
}

/** How many fields a line has, and which of them, from 0, are numbers. */
const shapes: { readonly [name in AccountFileName]: { readonly width: number; readonly numbers: readonly number[] } } =
  {
    passwd: { width: 7, numbers: [2, 3] },
    group: { width: 4, numbers: [2] },
    shadow: { width: 9, numbers: [] },
    gshadow: { width: 4, numbers: [] },
    subuid: { width: 3, numbers: [1, 2] },
    subgid: { width: 3, numbers: [1, 2] },
  };

/** Parses a text to lines, so that `renderLines` gives the same text. */
export function parseLines(text: string): AccountLines {
  if (text === "") return { lines: [], endsInNewline: true };
  const endsInNewline = text.endsWith("\n");
  return { lines: (endsInNewline ? text.slice(0, -1) : text).split("\n"), endsInNewline };
}

/** Renders lines to a text. */
export function renderLines({ endsInNewline, lines }: AccountLines): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}${endsInNewline ? "\n" : ""}`;
}

/** Parses a line to its fields; undefined for a comment, a line for NIS, and what is damaged. */
export function parseFields(file: AccountFileName, line: string): readonly string[] | undefined {
  const fields = line.split(":");
  const { numbers, width } = shapes[file];
  if (fields.length !== width || /^(?:[-+#]|$)/.test(fields[0] ?? "")) return undefined;
  return numbers.every((at) => /^\d{1,10}$/.test(fields[at] ?? "")) ? fields : undefined;
}

/** What names a line: its first field, and of subordinate ids the whole, as a user may have several ranges. */
export function keyOfLine(file: AccountFileName, line: string): string | undefined {
  const fields = parseFields(file, line);
  if (fields === undefined) return undefined;
  return file === "subuid" || file === "subgid" ? line : fields[0];
}

/** Tells whether a line is for NIS; what stands after it is asked for after NIS. */
export function isNisLine(line: string): boolean {
  return /^[-+]/.test(line);
}

/** Lists the fields of all lines that have them. */
export function listEntries(file: AccountFileName, text: string | undefined): (readonly string[])[] {
  return parseLines(text ?? "").lines.flatMap((line) => {
    const fields = parseFields(file, line);
    return fields === undefined ? [] : [fields];
  });
}

/** Sorts names and lines the same everywhere. */
export function sorted(names: Iterable<string>): string[] {
  return [...names].toSorted((a, b) => (a === b ? 0 : a < b ? -1 : 1));
}
