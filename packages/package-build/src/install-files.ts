import { chmodSync, lstatSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { OwnInstall, OwnPackage } from "@firn/own-package";
import { copyFiles, makeFolder } from "./copy-files.ts";
import { type BuildFailureReasons, buildFailure } from "./build-failure.ts";
import { resolveWithin } from "./path-within.ts";

/** Where files are installed from, and to. */
export interface InstallPlaces {
  /** Folder in which it was built. */
  readonly build: string;
  /** Root of the package. */
  readonly root: string;
}

/** Where programs are. */
const programFolders = /^usr\/(?:bin|sbin|games)\/[^/]*$/;

/**
 * Puts what a package installs where it belongs. A script may have left links
 * anywhere: none is followed that leads out of the two folders.
 *
 * @throws DiagnosticError "build-failed"
 */
export function installFiles({ install = {}, name }: OwnPackage, places: InstallPlaces): void {
  for (const [path, installed] of Object.entries(install).toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    const fail = (reasons: BuildFailureReasons): Error =>
      buildFailure(`Cannot install "${path}" of the package "${name}"`, reasons);
    installOne(path, installed, { ...places, fail });
  }
}

interface InstallWork extends InstallPlaces {
  fail(reasons: BuildFailureReasons): Error;
}

function installOne(path: string, installed: OwnInstall, work: InstallWork): void {
  const { fail, root } = work;
  const folder = dirname(path);
  if (resolveWithin(root, folder) !== (folder === "." ? "" : folder))
    throw fail({ why: [`"${folder}" is a link`], fix: "Install it where that leads" });
  const own: Exclude<OwnInstall, string> = typeof installed === "string" ? { from: installed } : installed;
  const place = join(root, path);
  try {
    makeFolder(join(root, folder));
    if ("link" in own) symlinkSync(own.link, place);
    else copySource(findSource(own.from, work), place, { path, mode: own.mode });
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException; // What node:fs throws has a code.
    if (code !== "EEXIST" && code !== "ENOTDIR") throw thrown;
    throw fail({ why: ["Something else of the package is there already"], fix: "Install one of the two elsewhere" });
  }
}

function findSource(from: string, { build, fail }: InstallWork): string {
  const found = resolveWithin(build, from);
  if (found === undefined)
    throw fail({ why: [`"${from}" leads out of the folder of the build`], fix: "Copy the file itself" });
  const source = join(build, found);
  const status = lstatSync(source, { throwIfNoEntry: false });
  if (status === undefined)
    throw fail({
      why: [`There is no "${from}" in the folder of the build`],
      fix: "Correct the path, or add a source for it",
    });
  if (status.isFile() || status.isDirectory()) return source;
  throw fail({ why: [`"${from}" is neither a file nor a folder`], fix: "Leave it out" });
}

function copySource(
  source: string,
  place: string,
  { mode, path }: { readonly mode: string | undefined; readonly path: string },
): void {
  const status = lstatSync(source);
  copyFiles(source, place);
  if (status.isDirectory()) return;
  const isProgram = programFolders.test(path) || (status.mode & 0o111) !== 0;
  chmodSync(place, mode === undefined ? (isProgram ? 0o755 : 0o644) : Number.parseInt(mode, 8));
}
