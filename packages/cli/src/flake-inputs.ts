import { type Diagnostic, DiagnosticError, type RenderOptions } from "@firn/diagnostic";
import { type FlakeFile, localFolders, type LockFile, readFlakeFile, readLockFile } from "@firn/flake-folder";
import type { Flake } from "@firn/loader";
import type { Lockfile } from "@firn/lock";
import { type LockRequest, lockInputs } from "@firn/resolve";
import { relative } from "node:path";
import { type LazyGit, lazyGit } from "./lazy-git.ts";
import { openFlake } from "./open-flake.ts";
import { hasErrors, reportProblems } from "./report-problems.ts";
import type { Terminal } from "./terminal.ts";

/** A flake with what its inputs are to be and what they were locked to. */
export interface FlakeInputs {
  readonly flake: Flake;
  readonly flakeFile: FlakeFile;
  readonly lockFile: LockFile;
  readonly git: LazyGit;
  readonly terminal: Terminal;
}

/**
 * Opens the inputs of the flake that a command is called in.
 *
 * @throws DiagnosticError with code no-flake, bad-flake or bad-lock
 */
export function openInputs(terminal: Terminal): FlakeInputs {
  const flake = openFlake(terminal);
  const flakeFile = readFlakeFile(flake.root);
  return { flake, flakeFile, lockFile: readLockFile(flake.root), git: lazyGit(terminal), terminal };
}

/** What of a lock may change, and whether anything may be fetched. */
export type LockOptions = Pick<LockRequest, "update" | "overrides" | "acceptMovedTags"> & {
  /** @default false */
  readonly isFrozen?: boolean;
  /**
   * Whether the file has another text than the flake at hand, so that its lines cannot be shown.
   *
   * @default false
   */
  readonly isUnwritten?: boolean;
};

/**
 * Computes the lock of a flake, and reports what there is to warn of.
 *
 * @throws DiagnosticError with what is wrong
 */
export async function computeLock(
  inputs: FlakeInputs,
  { isFrozen = false, isUnwritten = false, ...options }: LockOptions,
): Promise<Lockfile> {
  const { flake, flakeFile, lockFile, git, terminal } = inputs;
  const { lock, diagnostics: found } = await lockInputs({
    ...options,
    manifest: flakeFile.manifest,
    previous: lockFile.lock,
    unsettled: lockFile.unsettled,
    local: localFolders(flake.root),
    ...(!isFrozen && { fetcher: git }),
  });
  const diagnostics = isUnwritten ? found.map((one) => withoutMarksIn(flakeFile.file, one)) : found;
  if (lock === undefined || hasErrors(diagnostics)) throw new DiagnosticError(diagnostics);
  await reportProblems(diagnostics, () => openPlainRendering(diagnostics, terminal), terminal);
  return lock;
}

function withoutMarksIn(file: string, diagnostic: Diagnostic): Diagnostic {
  return { ...diagnostic, marks: diagnostic.marks.filter(({ place }) => place.position?.file !== file) };
}

/** Opens the sources if there is a place to show. */
export async function openPlainRendering(
  problems: readonly Diagnostic[],
  { color, directory }: Terminal,
): Promise<RenderOptions> {
  if (problems.every(({ marks }) => marks.length === 0)) return { color };
  const { openSources } = await import("@firn/loader");
  return { color, sources: await openSources(), showFile: (file) => relative(directory, file) };
}
