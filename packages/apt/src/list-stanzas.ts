import { NameNumbers } from "./name-numbers.ts";
import { isPackageName } from "./plain-words.ts";

/** Where a list has a package: the bytes from start to end. */
export interface ListPlace {
  readonly start: number;
  readonly end: number;
}

/** What a list is about; columns, since there are 60,000 packages in that of Debian. */
export interface ListStanzas {
  /** Of each package, in the order of the list. */
  readonly packages: readonly string[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** Number of its name. */
  readonly numbers: readonly number[];
  /** Numbers of other names that it fulfils, of those that do so, by the place in the columns. */
  readonly provides: ReadonlyMap<number, readonly number[]>;
  /** All names that a list mentions, in the order in which apt comes across them, which decides where nothing else does. */
  readonly names: NameNumbers;
}

/** Reads where the packages of a list are, which names they provide, and which they mention. */
export function readStanzas(list: Buffer): ListStanzas {
  const names = new NameNumbers(list);
  const columns = { packages: [] as string[], starts: [] as number[], ends: [] as number[], numbers: [] as number[] }; // Filled below.
  const provides = new Map<number, readonly number[]>();
  // One for all stanzas: what is thrown away for each takes longer than to read it.
  const values = new Int32Array(wantedFields.length * 2);
  for (let start = skipBlank(list, 0); start < list.length;) {
    const end = findFields(list, start, values);
    const name = list.toString("latin1", values[0], values[1]).trim();
    if (isPackageName(name)) {
      const { number, provided } = readMentioned(list, values, names);
      if (provided.length > 0) provides.set(columns.packages.length, provided);
      columns.packages.push(name);
      columns.starts.push(start);
      columns.ends.push(end);
      columns.numbers.push(number);
    }
    start = skipBlank(list, end);
  }
  return { ...columns, provides, names };
}

/** Those that mention packages are in the order in which apt reads them. */
const wantedFields: readonly Buffer[] = [
  "Package",
  "Pre-Depends",
  "Depends",
  "Conflicts",
  "Breaks",
  "Recommends",
  "Suggests",
  "Replaces",
  "Enhances",
  "Provides",
].map((name) => Buffer.from(`${name}:`));

/** By their first three bytes, in which they differ. */
const positions: ReadonlyMap<number, number> = new Map(
  wantedFields.map((name, position) => [name.readUIntBE(0, 3), position]),
);

/**
 * Finds where the values of the fields of a stanza start and end.
 *
 * @param values is filled; both are 0 for fields that are not there
 * @returns where the stanza ends
 */
function findFields(list: Buffer, start: number, values: Int32Array): number {
  values.fill(0);
  let at = start;
  while (at < list.length && list[at] !== lineFeed) {
    let end = endOfLine(list, at);
    // Long fields may go on in lines that are indented.
    while (isIndent(list[end + 1])) end = endOfLine(list, end + 1);
    const position = positionOf(list, at);
    if (position !== undefined) {
      values[position * 2] = at + (wantedFields[position]?.length ?? 0);
      values[position * 2 + 1] = end;
    }
    at = end + 1;
  }
  return Math.min(at, list.length);
}

function positionOf(list: Buffer, at: number): number | undefined {
  if (beginsField[list[at] ?? 0] === 0) return undefined;
  const position = positions.get(((list[at] ?? 0) << 16) | ((list[at + 1] ?? 0) << 8) | (list[at + 2] ?? 0));
  const name = wantedFields[position ?? -1];
  return name !== undefined && list.compare(name, 0, name.length, at, at + name.length) === 0 ? position : undefined;
}

function readMentioned(
  list: Buffer,
  values: Int32Array,
  names: NameNumbers,
): { readonly number: number; readonly provided: readonly number[] } {
  const last = values.length - 2;
  const number = readNames(list, { start: values[0] ?? 0, end: values[1] ?? 0 }, names)[0] ?? 0;
  for (let field = 2; field < last; field += 2)
    if (values[field] !== 0) readNames(list, { start: values[field] ?? 0, end: values[field + 1] ?? 0 }, names);
  if (values[last] === 0) return { number, provided: [] };
  const provided = readNames(list, { start: values[last] ?? 0, end: values[last + 1] ?? 0 }, names);
  return { number, provided: [...new Set(provided)] };
}

/** Numbers the names in "a (>= 1), b | c"; "d:any" is another name to apt, which no package has. */
function readNames(list: Buffer, { end, start }: ListPlace, names: NameNumbers): number[] {
  const numbers: number[] = [];
  for (let at = start; at < end; at++) {
    while (at < end && kinds[list[at] ?? 0] === space) at++;
    const first = at;
    let hash = 0;
    for (; at < end && kinds[list[at] ?? 0] === ofName; at++) hash = NameNumbers.hash(hash, list[at] ?? 0);
    const isAny = list[at] === colon && list.toString("latin1", at, at + 4) === ":any";
    if (at > first && !isAny) numbers.push(names.numberOf(first, at, hash));
    while (at < end && kinds[list[at] ?? 0] !== separator) at++;
  }
  return numbers;
}

/** What a byte may be in a field that names packages. */
const [ofName, space, separator, other] = [0, 1, 2, 3];

const kinds: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code <= 32) return space;
  const character = String.fromCharCode(code);
  if (",|".includes(character)) return separator;
  return "(:[".includes(character) ? other : ofName;
});

/** By byte: 1 where a wanted field begins with it. */
const beginsField: Uint8Array = Uint8Array.from({ length: 256 }, (_, code) =>
  Number(wantedFields.some((name) => name[0] === code)),
);

const lineFeed = 10;
const colon = 58;

function isIndent(code = 0): boolean {
  return code === 32 || code === 9;
}

function endOfLine(list: Buffer, at: number): number {
  const end = list.indexOf(lineFeed, at);
  return end < 0 ? list.length : end;
}

function skipBlank(list: Buffer, start: number): number {
  let at = start;
  while (list[at] === lineFeed) at++;
  return at;
}
