import { DiagnosticError } from "@firn/diagnostic";
import { readLocalOverrides, writeLockFile } from "@firn/flake-folder";
import { layOutInputs } from "@firn/input-tree";
import type { FlakeManifest, InputPath } from "@firn/input";
import type { Lockfile } from "@firn/lock";
import { noteCheckedInputs } from "./checked-inputs.ts";
import type { FlakeInputs } from "./flake-inputs.ts";
import { hasErrors } from "./report-problems.ts";

/**
 * Makes a lock that of the flake: writes it, then lays its inputs out. Whatever
 * is that way already is left alone.
 *
 * @throws DiagnosticError with what could not be written or fetched
 */
export async function applyLock(inputs: FlakeInputs, lock: Lockfile): Promise<void> {
  writeLockFile(inputs.flake.root, lock);
  await layOut(inputs, lock);
}

/**
 * Lays the inputs of a lock out, unless they are, and notes it.
 *
 * @returns the folder of each input
 */
export async function layOut(
  { flake, git, flakeFile }: FlakeInputs,
  lock: Lockfile,
): Promise<ReadonlyMap<InputPath, string>> {
  const { folders, diagnostics } = await layOutInputs({
    root: flake.root,
    lock,
    localOverrides: readLocalOverrides(flake.root),
    exporter: git,
    mirrors: mirrorsOf(flakeFile.manifest),
  });
  if (hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  if (folders.size > 0) noteCheckedInputs(flake, folders);
  return folders;
}

function mirrorsOf({ inputs, devInputs }: FlakeManifest): ReadonlyMap<InputPath, readonly string[]> {
  return new Map(Object.entries({ ...inputs, ...devInputs }).map(([name, { mirrors }]) => [name, mirrors]));
}
