import { createHash } from "node:crypto";
import { join } from "node:path";
import { listPrograms, type TreeProgram } from "@firn/package-tree";
import { placeFolder, writePrograms } from "./place-folder.ts";
import { renderWrapper } from "./render-wrapper.ts";
import type { RunnerOptions } from "./runner-command.ts";

/** Which wrappers to write. */
export interface WrappersToWrite extends RunnerOptions {
  /** Where folders of wrappers are kept; absolute. */
  readonly folder: string;
  /** Names of packages whose programs get one, as `listPrograms` understands them. @default all programs of the tree */
  readonly packages?: readonly string[];
}

/**
 * Writes a folder of wrappers for a PATH, unless it is there: for each program
 * one of its name, which runs it in the tree.
 *
 * @returns the folder, whose name follows from what is in it
 */
export function writeWrappers({ folder, packages, ...options }: WrappersToWrite): string {
  const programs = chooseWrapped(listPrograms(options.tree, packages));
  const wrappers = programs.map(({ name, path }) => [name, renderWrapper({ ...options, program: path })] as const);
  const hash = createHash("sha256").update(JSON.stringify(wrappers)).digest("hex");
  const place = join(folder, hash);
  placeFolder(place, (finished) => writePrograms(finished, wrappers));
  return place;
}

/** Chooses one of each name: programs of usr/bin come before those of usr/sbin. */
export function chooseWrapped(programs: readonly TreeProgram[]): TreeProgram[] {
  const chosen = new Map(programs.toReversed().map((program) => [program.name, program]));
  return [...chosen.values()].toReversed();
}
