import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { ListPin } from "@firn/package-manager";
import { writeWhole } from "./list-cache.ts";
import type { ListPlace } from "./list-stanzas.ts";
import { PackageTable } from "./package-table.ts";
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

/** Finds the packages of a list by name, without reading all of it: 50 MB for Debian. Keeps a table for that. */
export class PackageIndex {
  readonly #file: string;
  readonly #table: PackageTable;

  /** Reads the index of a list, or makes it. */
  static open({ cache, file, pin }: IndexPlace): PackageIndex {
    const kept = join(cache, "index", `${pin.sha256}.${version}`);
    const found = readIfThere(kept);
    const table = found && PackageTable.open(found, pin);
    if (table !== undefined) {
      markUsed(kept);
      return new PackageIndex(file, table);
    }
    const made = PackageTable.of(readFileSync(file));
    writeWhole(kept, made.bytes);
    return new PackageIndex(file, made);
  }

  private constructor(file: string, table: PackageTable) {
    this.#file = file;
    this.#table = table;
  }

  /** Lists all names in their order; one that is there in several versions several times. */
  listNames(): string[] {
    return this.#table.listNames();
  }

  /** Reads what the list has of a package: its versions, in the order of the list. */
  find(name: string): Stanza[] {
    return this.readTexts(this.locate([name])).map((text) => parseStanza(text.toString()));
  }

  /** Finds where the list has packages, all their versions. */
  locate(names: Iterable<string>): ListPlace[] {
    return [...names].flatMap((name) => this.#table.find(name));
  }

  /** Reads the lines of packages, with the last line feed. */
  readTexts(places: readonly ListPlace[]): Buffer[] {
    if (places.length === 0) return [];
    const file = openSync(this.#file, "r");
    try {
      return places.map(({ end, start }) => {
        const bytes = Buffer.allocUnsafe(end - start);
        readSync(file, bytes, 0, bytes.length, start);
        return bytes;
      });
    } finally {
      closeSync(file);
    }
  }

  /** Lists the packages that say that they provide a name. */
  listProviders(name: string): string[] {
    return [...new Set(this.#table.listProviders(name))].toSorted();
  }

  /** Tells how many names the list mentions before this one; undefined when it does not mention it. */
  rankOf(name: string): number | undefined {
    return this.#table.rankOf(name);
  }
}

/** Another number for another layout. */
const version = 3;

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    // Whatever keeps it from being read, it can be made again.
    return undefined;
  }
}
