import { join } from "node:path";
import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { parseFlake } from "@firn/flake-file";
import type { FlakeManifest, InputPath } from "@firn/input";
import { emptyLock, type Lockfile, mergeConflicted, renderLock } from "@firn/lock";
import { findFile, writeWhole } from "./whole-file.ts";

/** The flake.yaml of a flake. */
export interface FlakeFile {
  readonly file: string;
  readonly text: string;
  readonly manifest: FlakeManifest;
}

/**
 * Reads the flake.yaml of a flake.
 *
 * @throws DiagnosticError with code bad-flake for each problem in it, or bad-workspace when it cannot be read
 */
export function readFlakeFile(root: string): FlakeFile {
  const file = join(root, "flake.yaml");
  const text = findFile(file);
  if (text === undefined) throw new DiagnosticError([noFlakeFile(root)]);
  const { manifest, diagnostics } = parseFlake(text, { file, role: "root" });
  if (diagnostics.some(({ severity }) => severity === "error")) throw new DiagnosticError(diagnostics);
  return { file, text, manifest };
}

/** Writes the flake.yaml of a flake. */
export function writeFlakeFile(root: string, text: string): boolean {
  return writeWhole(join(root, "flake.yaml"), text);
}

/** The lockfile.json of a flake. */
export interface LockFile {
  readonly lock: Lockfile;
  /** Whether there is one. */
  readonly exists: boolean;
  /** Inputs that two sides of a merge locked differently; they are not in the lock. */
  readonly unsettled: readonly InputPath[];
}

/**
 * Reads the lockfile.json of a flake. One that git could not merge is merged.
 *
 * @throws DiagnosticError with code bad-lock for each problem in it
 */
export function readLockFile(root: string): LockFile {
  const file = join(root, "lockfile.json");
  const text = findFile(file);
  if (text === undefined) return { lock: emptyLock, exists: false, unsettled: [] };
  const { lock, unsettled, diagnostics } = mergeConflicted(text, { file });
  if (lock === undefined) throw new DiagnosticError(diagnostics);
  return { lock, exists: true, unsettled };
}

/** Writes the lockfile.json of a flake, unless it is this already. */
export function writeLockFile(root: string, lock: Lockfile): boolean {
  return writeWhole(join(root, "lockfile.json"), renderLock(lock));
}

function noFlakeFile(root: string): Diagnostic {
  return {
    code: "no-flake",
    severity: "error",
    message: `Cannot find a flake in "${root}": it has no flake.yaml`,
    marks: [],
    fix: "firn init",
  };
}
