import { accessSync, constants, realpathSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticError } from "@firn/diagnostic";
import { readLocalOverrides, writeLockFile } from "@firn/flake-folder";
import { layOutInputs } from "@firn/input-tree";
import type { FlakeManifest, InputPath } from "@firn/input";
import type { Lockfile } from "@firn/lock";
import { noteCheckedInputs } from "./checked-inputs.ts";
import type { FlakeInputs } from "./flake-inputs.ts";
import { hasPackages } from "./has-packages.ts";
import { findLockHoles, lockHole } from "./lock-holes.ts";
import { hasErrors } from "./report-problems.ts";

/**
 * Makes a lock that of the flake: lays its inputs out, then writes it. Whatever
 * is that way already is left alone, and with an error the lock stays as it was.
 *
 * @param writeOthers writes what belongs to the lock, such as a new flake.yaml
 * @throws DiagnosticError with what could not be fetched or written
 */
export async function applyLock(inputs: FlakeInputs, lock: Lockfile, writeOthers?: () => void): Promise<void> {
  const folders = await layOutWithoutHoles(inputs, lock);
  writeOthers?.();
  writeLockFile(inputs.flake.root, lock);
  note(inputs, lock, folders);
}

/**
 * Lays the inputs of a lock out, unless they are, and notes it.
 *
 * @returns the folder of each input
 * @throws DiagnosticError with what could not be fetched, or stale-lock for what the lock lacks
 */
export async function layOut(inputs: FlakeInputs, lock: Lockfile): Promise<ReadonlyMap<InputPath, string>> {
  const folders = await layOutWithoutHoles(inputs, lock);
  note(inputs, lock, folders);
  return folders;
}

/** Where there is nothing to check there is nothing to note; without inputs, a flake may be one that cannot be written to. */
function note(
  { flake, flakeFile: { manifest } }: FlakeInputs,
  lock: Lockfile,
  folders: ReadonlyMap<InputPath, string>,
): void {
  const isWithPackages = hasPackages(manifest, lock);
  if (folders.size === 0 && !(isWithPackages && isWritable(flake.root))) return;
  noteCheckedInputs(flake, { folders, hasPackages: isWithPackages });
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

async function layOutWithoutHoles(inputs: FlakeInputs, lock: Lockfile): Promise<ReadonlyMap<InputPath, string>> {
  const folders = await layOutUnchecked(inputs, lock);
  const holes = findHoles(inputs, lock, folders);
  if (holes.length > 0) throw new DiagnosticError(holes.map(lockHole));
  return folders;
}

/**
 * Finds inputs that a lock has otherwise than the flakes of its inputs ask for, which are laid out to be read.
 *
 * @throws DiagnosticError with what could not be fetched
 */
export async function findHolesOf(inputs: FlakeInputs, lock: Lockfile): Promise<readonly InputPath[]> {
  return findHoles(inputs, lock, await layOutUnchecked(inputs, lock));
}

/** Folders of the user are left out: they stand in for inputs, and the lock never hears of them. */
function findHoles(
  { flake }: FlakeInputs,
  lock: Lockfile,
  folders: ReadonlyMap<InputPath, string>,
): readonly InputPath[] {
  const laidOut = join(realpathSync(flake.root), ".firn", "inputs", "/");
  return findLockHoles(lock, new Map([...folders].filter(([, folder]) => folder.startsWith(laidOut))));
}

async function layOutUnchecked(
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
  return folders;
}

function mirrorsOf({ inputs, devInputs }: FlakeManifest): ReadonlyMap<InputPath, readonly string[]> {
  return new Map(Object.entries({ ...inputs, ...devInputs }).map(([name, { mirrors }]) => [name, mirrors]));
}
