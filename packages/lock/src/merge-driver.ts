import type { Diagnostic } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import { emptyLock, type Lockfile } from "./lockfile.ts";
import { mergeLocks } from "./merge-locks.ts";
import { parseLock, type ParseLockOptions } from "./parse-lock.ts";
import { renderLock } from "./render-lock.ts";

/** The three texts that git gives to a merge driver; that of the base is empty when both sides added the file. */
export interface MergeTexts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** What a merge driver writes. */
export interface DriverOutcome {
  /** The merged file; missing when a side is no lock, which git must then report as a conflict. */
  readonly text?: string;
  /** Inputs that have to be locked anew. */
  readonly unsettled: readonly InputPath[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Merges the texts of three locks, for git.
 *
 * Problems: `bad-lock`, `input-too-large`.
 *
 * @see https://git-scm.com/docs/gitattributes#_defining_a_custom_merge_driver
 */
export function mergeDriver({ base, ours, theirs }: MergeTexts, options: ParseLockOptions): DriverOutcome {
  const one = parseLock(ours, options);
  const other = parseLock(theirs, options);
  if (one.lock === undefined || other.lock === undefined) {
    return { unsettled: [], diagnostics: [...one.diagnostics, ...other.diagnostics] };
  }
  const { lock, unsettled } = mergeLocks(parseBase(base, options), one.lock, other.lock);
  return { text: renderLock(lock), unsettled, diagnostics: [] };
}

/** A base that is no lock, such as one of an older format, is as good as none. */
function parseBase(text: string, options: ParseLockOptions): Lockfile | undefined {
  return text.trim() === "" ? emptyLock : parseLock(text, options).lock;
}
