import { chmodSync, copyFileSync, lstatSync, lutimesSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DiagnosticError } from "@firn/diagnostic";
import type { FetchedSource, FolderSource, OwnPackage, OwnSource } from "@firn/own-package";
import { hashFile, type Store } from "@firn/store";
import { buildFailure } from "./build-failure.ts";
import { copyFiles, makeFolder } from "./copy-files.ts";
import { hashFolder } from "./folder-hash.ts";
import { UnpackRefusal } from "./unpack-bounds.ts";
import { settleFolder, unpackSource } from "./unpack-source.ts";

/** Where the sources of a package go. */
export interface SourcePlaces {
  /** Folder in which it is built, which is there, and empty. */
  readonly build: string;
  /** Folder for what is in between. */
  readonly scratch: string;
  readonly store: Store;
  /** When files were changed that are not of an archive, in seconds since 1970. */
  readonly date: number;
}

/**
 * Puts the sources of a package into a folder, those from addresses out of a store that has them.
 *
 * @throws DiagnosticError "build-failed" for an archive that is not unpacked, "integrity-mismatch" for a folder that
 * is not the one described
 */
export async function placeSources({ name, sources = {} }: OwnPackage, places: SourcePlaces): Promise<void> {
  // The one that fills the folder itself is first: others are put beside what it has.
  const sorted = Object.entries(sources).toSorted(([one], [other]) => (one < other ? -1 : 1));
  const inner = sorted.filter(([path]) => path !== ".");
  for (const [path, source] of [...sorted.filter((each) => !inner.includes(each)), ...inner])
    try {
      await placeSource(source, join(places.build, path), places);
    } catch (thrown) {
      if (!(thrown instanceof UnpackRefusal)) throw thrown;
      const reasons = { why: [thrown.message], fix: thrown.fix, cause: thrown };
      throw buildFailure(`Cannot unpack "${path}" for the package "${name}"`, reasons);
    }
}

async function placeSource(source: OwnSource, place: string, places: SourcePlaces): Promise<void> {
  makeFolder(dirname(place));
  if ("folder" in source) return placeFolder(source, place, places);
  if ("text" in source) {
    writeFileSync(place, source.text);
    return settleFile(place, source.mode ?? (source.text.startsWith("#!") ? "0755" : "0644"), places);
  }
  const file = findFile(source, places.store);
  const { unpack = false } = source;
  if (unpack !== false) {
    const scratch = join(places.scratch, "unpacked");
    return unpackSource({ file, place, scratch, strip: unpack === true ? 0 : unpack.strip });
  }
  copyFileSync(file, place);
  settleFile(place, source.mode ?? "0644", places);
}

/** A store may be damaged. */
function findFile({ sha256 }: FetchedSource, store: Store): string {
  const file = store.findContent(sha256);
  if (file !== undefined && hashFile(file) === sha256) return file;
  throw buildFailure("Cannot read a source from the store", {
    why: [`Its sha256 is ${sha256}`, "It was there just now"],
    fix: "Run it again: it is fetched anew",
  });
}

function settleFile(place: string, mode: string, { date }: Pick<SourcePlaces, "date">): void {
  chmodSync(place, Number.parseInt(mode, 8));
  lutimesSync(place, date, date);
}

/** What was copied is what is checked: the folder may change meanwhile. */
function placeFolder({ folder, sha256 }: FolderSource, place: string, { date }: SourcePlaces): void {
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined)
    throw buildFailure(`Cannot find "${folder}"`, { fix: "Correct the path, or lay the inputs out: firn lock" });
  copyFiles(folder, place);
  const found = hashFolder(place);
  if (found !== sha256)
    throw new DiagnosticError([
      {
        code: "integrity-mismatch",
        severity: "error",
        marks: [],
        message: `Cannot use "${folder}": it has changed`,
        why: [`Its sha256 is ${found}`, `The one expected is ${sha256}`],
        fix: "Run it again; nothing may change it meanwhile",
      },
    ]);
  if (!lstatSync(place).isDirectory())
    return settleFile(place, (lstatSync(place).mode & 0o100) === 0 ? "0644" : "0755", { date });
  settleFolder(place);
  dateAll(place, date);
}

/** Gives all below a folder, and itself, one time. */
export function dateAll(folder: string, date: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) dateAll(path, date);
    else lutimesSync(path, date, date);
  }
  lutimesSync(folder, date, date);
}
