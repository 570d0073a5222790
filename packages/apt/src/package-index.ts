import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { ListPin } from "@firn/package-manager";
import { writeWhole } from "./list-cache.ts";
import { isPackageName } from "./plain-words.ts";
import { parseStanza, type Stanza } from "./stanza.ts";
import { markUsed } from "./sweep-cache.ts";

/** Where the cache has a list, and what was found out about it. */
export interface IndexPlace {
  /** Folder of the cache. */
  readonly cache: string;
  /** File of the list. */
  readonly file: string;
  readonly pin: ListPin;
}

/**
 * Finds the packages of a list by name, without reading all of it: 50 MB for
 * Debian. What is kept is a sorted table: the number of packages; for each the
 * start of its name, and the start and the end of its lines in the list; then
 * the names, one after another. Numbers have 32 bits.
 */
export class PackageIndex {
  readonly #file: string;
  readonly #table: Buffer;
  readonly #count: number;

  /** Reads the index of a list, or makes it. */
  static open({ cache, file, pin }: IndexPlace): PackageIndex {
    const kept = join(cache, "index", `${pin.sha256}.${version}`);
    const found = readIfThere(kept);
    if (found !== undefined && isWhole(found, pin)) {
      markUsed(kept);
      return new PackageIndex(file, found);
    }
    const table = buildTable(readFileSync(file));
    writeWhole(kept, table);
    return new PackageIndex(file, table);
  }

  private constructor(file: string, table: Buffer) {
    this.#file = file;
    this.#table = table;
    this.#count = table.readUInt32LE(0);
  }

  /** Lists all names in their order; one that is there in several versions several times. */
  listNames(): string[] {
    return Array.from({ length: this.#count }, (_, index) => this.#nameAt(index));
  }

  /** Reads what the list has of a package: its versions, in the order of the list. */
  find(name: string): Stanza[] {
    const first = this.#lowest(name);
    let end = first;
    while (end < this.#count && this.#nameAt(end) === name) end++;
    if (end === first) return [];
    const file = openSync(this.#file, "r");
    try {
      return Array.from({ length: end - first }, (_, index) => this.#read(file, first + index));
    } finally {
      closeSync(file);
    }
  }

  /** Tells whether the list has a package. */
  has(name: string): boolean {
    const first = this.#lowest(name);
    return first < this.#count && this.#nameAt(first) === name;
  }

  /** Lists the packages that say that they provide a name. */
  listProviders(name: string): string[] {
    const text = readFileSync(this.#file);
    const found: string[] = [];
    // Few ask, so that no index is kept of it.
    for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
      const lineStart = text.lastIndexOf("\n", at) + 1;
      if (!text.subarray(lineStart, lineStart + 10).equals(providesField)) continue;
      const stanza = parseStanza(text.toString("latin1", startOfStanza(text, at), endOfStanza(text, at)));
      if (stanza.provides.some((provided) => provided.name === name)) found.push(stanza.name);
    }
    return [...new Set(found)].toSorted();
  }

  #lowest(name: string): number {
    let [low, high] = [0, this.#count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#nameAt(middle) < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #nameAt(index: number): string {
    const start = this.#table.readUInt32LE(4 + index * 12);
    const end = index + 1 < this.#count ? this.#table.readUInt32LE(4 + (index + 1) * 12) : this.#table.length;
    return this.#table.toString("latin1", start, end);
  }

  #read(file: number, index: number): Stanza {
    const start = this.#table.readUInt32LE(8 + index * 12);
    const bytes = Buffer.alloc(this.#table.readUInt32LE(12 + index * 12) - start);
    readSync(file, bytes, 0, bytes.length, start);
    return parseStanza(bytes.toString());
  }
}

/** Another number for another layout. */
const version = 1;

const providesField = Buffer.from("Provides: ");

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    // Whatever keeps it from being read, it can be made again.
    return undefined;
  }
}

/** A machine that breaks down may cut a file, or leave it empty. */
function isWhole(table: Buffer, { size }: ListPin): boolean {
  if (table.length < 4) return false;
  const count = table.readUInt32LE(0);
  const names = 4 + count * 12;
  if (count === 0 || table.length < names) return count === 0 && size < 2;
  const last = table.readUInt32LE(4 + (count - 1) * 12);
  return table.readUInt32LE(4) === names && last < table.length && table.at(-1) !== 0;
}

interface Entry {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function buildTable(text: Buffer): Buffer {
  const entries: Entry[] = [];
  for (let start = skipBlank(text, 0); start < text.length;) {
    const end = endOfStanza(text, start);
    const name = nameOf(text, start, end);
    if (name !== undefined && isPackageName(name)) entries.push({ name, start, end });
    start = skipBlank(text, end);
  }
  // Sorting is stable: several versions stay in the order of the list.
  entries.sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
  return renderTable(entries);
}

function renderTable(entries: readonly Entry[]): Buffer {
  const names = Buffer.from(entries.map(({ name }) => name).join(""), "latin1");
  const table = Buffer.alloc(4 + entries.length * 12 + names.length);
  table.writeUInt32LE(entries.length, 0);
  let nameStart = 4 + entries.length * 12;
  for (const [index, { end, name, start }] of entries.entries()) {
    table.writeUInt32LE(nameStart, 4 + index * 12);
    table.writeUInt32LE(start, 8 + index * 12);
    table.writeUInt32LE(end, 12 + index * 12);
    nameStart += name.length;
  }
  names.copy(table, 4 + entries.length * 12);
  return table;
}

const lineFeed = 10;

function skipBlank(text: Buffer, start: number): number {
  let at = start;
  while (text[at] === lineFeed) at++;
  return at;
}

function endOfStanza(text: Buffer, at: number): number {
  const end = text.indexOf("\n\n", at);
  return end < 0 ? text.length : end + 1;
}

function startOfStanza(text: Buffer, at: number): number {
  const before = text.lastIndexOf("\n\n", at);
  return before < 0 ? 0 : before + 2;
}

/** Mostly, the name is what a stanza begins with. */
function nameOf(text: Buffer, start: number, end: number): string | undefined {
  const lineEnd = text.indexOf(lineFeed, start);
  const first = text.toString("latin1", start, lineEnd < 0 ? end : lineEnd);
  if (first.startsWith("Package: ")) return first.slice(9).trim();
  return /^Package:\s*(?<name>\S+)/m.exec(text.toString("latin1", start, end))?.groups?.["name"];
}
