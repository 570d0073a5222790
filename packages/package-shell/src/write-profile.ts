import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { listPrograms } from "@firn/package-tree";
import { makeFolder, placeFolder, writePrograms } from "./place-folder.ts";
import { renderWrapper } from "./render-wrapper.ts";
import { chooseWrapped } from "./write-wrappers.ts";

/** A folder for somebody's PATH, manuals and completions. */
export interface ProfileToWrite {
  readonly tree: string;
  /** Path of the tree on the machine where the profile is used. */
  readonly seenAs: string;
  /** Folder of the profile, absolute; made when it is not there. */
  readonly place: string;
  /** Names of the packages whose programs it has, as `listPrograms` understands them. */
  readonly packages: readonly string[];
}

/** Writes a profile, unless it is there: bin has a wrapper for each program, share is that of the tree. */
export function writeProfile({ packages, place, seenAs, tree }: ProfileToWrite): void {
  placeFolder(place, (folder) => {
    makeFolder(folder);
    const programs = chooseWrapped(listPrograms(tree, packages));
    writePrograms(
      join(folder, "bin"),
      programs.map(({ name, path }) => [name, renderWrapper({ tree: seenAs, program: path })]),
    );
    symlinkSync(join(seenAs, "usr/share"), join(folder, "share"));
  });
}
