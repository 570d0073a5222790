import { createHash, randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Store } from "@firn/store";

/** The file of a package that was built. */
export interface BuiltFile {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** Remembers which file came of which recipe. */
export class BuiltPackages {
  readonly #folder: string;
  readonly #store: Store;

  /** @param folder made when something is remembered */
  constructor(folder: string, store: Store) {
    this.#folder = folder;
    this.#store = store;
  }

  /** Finds the file of a recipe, as long as the store has it. @param date of its files, in seconds since 1970 */
  find(recipe: string, date: number): BuiltFile | undefined {
    const built = parseBuilt(readIfThere(this.#fileOf(recipe, date)));
    const file = built && this.#store.findContent(built.sha256);
    return file !== undefined && lstatSync(file).size === built?.size ? built : undefined;
  }

  /** Remembers a file that the store has. */
  add(recipe: string, date: number, built: BuiltFile): void {
    const file = this.#fileOf(recipe, date);
    mkdirSync(dirname(file), { recursive: true });
    const beside = `${file}.${randomUUID()}.tmp`;
    try {
      writeFileSync(beside, `${JSON.stringify(built)}\n`);
      renameSync(beside, file);
    } finally {
      rmSync(beside, { force: true });
    }
  }

  #fileOf(recipe: string, date: number): string {
    const name = createHash("sha256").update(`${recipe} ${date}`).digest("hex");
    return join(this.#folder, `${name}.json`);
  }
}

/** What a loss of power has cut counts as not there. */
function parseBuilt(text: string): BuiltFile | undefined {
  const { sha256, size } = /^\{"sha256":"(?<sha256>[0-9a-f]{64})","size":(?<size>\d+)\}\n$/.exec(text)?.groups ?? {};
  return sha256 === undefined ? undefined : { sha256, size: Number(size) };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // Whatever keeps it from being read, the package can be built again.
    return "";
  }
}
