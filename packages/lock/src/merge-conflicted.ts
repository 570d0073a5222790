import type { Diagnostic } from "@firn/diagnostic";
import { type InputPath, isAtOrBelow, parentPath } from "@firn/input";
import { findConflictMarker, splitConflict } from "./conflict-markers.ts";
import { diagnosticAt, nameOf } from "./lock-problem.ts";
import { findPin, type Lockfile } from "./lockfile.ts";
import { type MergedLocks, mergeLocks } from "./merge-locks.ts";
import { type ParsedLock, parseLock, type ParseLockOptions } from "./parse-lock.ts";
import { compareCodeUnits } from "./render-lock.ts";

/** A merged lock, or why there is none. */
export type MergeOutcome =
  | (MergedLocks & { readonly diagnostics: readonly Diagnostic[] })
  | { readonly lock?: never; readonly unsettled?: never; readonly diagnostics: readonly Diagnostic[] };

/**
 * Merges a lockfile.json in which git left both sides, whether or not it shows
 * what both were made from. A text without conflicts is parsed as it is.
 *
 * Problems: `bad-lock`, `input-too-large`; those of a side are shown where the first conflict begins.
 */
export function mergeConflicted(text: string, options: ParseLockOptions): MergeOutcome {
  const offset = findConflictMarker(text);
  if (offset === undefined) {
    const { lock, diagnostics } = parseLock(text, options);
    return lock === undefined ? { diagnostics } : { lock, unsettled: [], diagnostics };
  }
  const sides = splitConflict(text);
  if (sides === undefined) return { diagnostics: [incompleteMarkers(text, options.file, offset)] };
  const mixed = [...doubledInputs(sides.ours), ...doubledInputs(sides.theirs)];
  const [ours, theirs] = [sides.ours, sides.theirs].map((side) => parseSide(side, mixed, options));
  if (ours?.lock === undefined || theirs?.lock === undefined) {
    const problems = { ours: ours?.diagnostics ?? [], theirs: theirs?.diagnostics ?? [] };
    return { diagnostics: [brokenSide(text, { file: options.file, offset }, problems)] };
  }
  // Git may show a base that is no lock, since it moves lines that both sides share out of a conflict.
  const base = sides.base === undefined ? undefined : parseLock(sides.base, options).lock;
  const { lock, unsettled } = mergeLocks(base && without(base, mixed), ours.lock, theirs.lock);
  return { lock, unsettled: [...new Set([...unsettled, ...mixed])].toSorted(compareCodeUnits), diagnostics: [] };
}

/**
 * Finds the inputs that a side has twice. Git merges lines, not inputs: where it
 * took lines of both for the same, a side may have some of the other's too.
 */
function doubledInputs(side: string): InputPath[] {
  const paths = [...side.matchAll(/^ {4}"(?<path>[^"]+)": \{$/gm)].map(({ groups }) => groups?.["path"] ?? "");
  return paths.filter((path, index) => paths.indexOf(path) !== index);
}

/** Parses a side without the inputs that are mixed, and without what is below those. */
function parseSide(text: string, mixed: readonly InputPath[], options: ParseLockOptions): ParsedLock {
  // What is below an input that only the other side has may stand outside of the conflicts, and belongs to the other.
  const parsed = parseLock(mixed.length === 0 ? text : renderWithout(text, mixed), { ...options, hasOrphans: true });
  return parsed.lock === undefined ? parsed : { ...parsed, lock: without(parsed.lock, orphansOf(parsed.lock)) };
}

/** A text that is no JSON stays as it is, so that whoever parses it says what is wrong. */
function renderWithout(text: string, mixed: readonly InputPath[]): string {
  try {
    const lock = JSON.parse(text) as Lockfile; // It is checked afterwards.
    return JSON.stringify(without(lock, mixed));
  } catch {
    return text;
  }
}

/** Lists the inputs whose parent is not there. */
function orphansOf(lock: Lockfile): InputPath[] {
  return Object.keys(lock.inputs).filter((path) => {
    const parent = parentPath(path);
    return parent !== "" && findPin(lock, parent) === undefined;
  });
}

function without({ inputs, ...rest }: Lockfile, paths: readonly InputPath[]): Lockfile {
  const kept = Object.entries(inputs).filter(([path]) => !paths.some((one) => isAtOrBelow(path, one)));
  return { ...rest, inputs: Object.fromEntries(kept) };
}

/** What is wrong with a side has no place in the text: neither side stands there as a whole. */
function brokenSide(
  text: string,
  { file, offset }: { readonly file: string; readonly offset: number },
  { ours, theirs }: Readonly<Record<"ours" | "theirs", readonly Diagnostic[]>>,
): Diagnostic {
  const isOurs = ours.length > 0;
  const [{ why: [fact = ""] = [] } = {}] = isOurs ? ours : theirs;
  const fix =
    isOurs && theirs.length > 0
      ? `Restore a lock that was committed: git checkout HEAD -- ${nameOf(file)}`
      : `Take the other side: git checkout ${isOurs ? "--theirs" : "--ours"} -- ${nameOf(file)}`;
  return diagnosticAt(text, {
    file,
    offset,
    fact: `${isOurs ? "Our" : "Their"} side of the merge is no lock: ${fact}`,
    fix,
  });
}

function incompleteMarkers(text: string, file: string, offset: number): Diagnostic {
  const fact = "The lines that git writes around conflicts are not complete";
  return diagnosticAt(text, {
    file,
    offset,
    fact,
    fix: `Start the merge of the file anew: git checkout --merge -- ${nameOf(file)}`,
  });
}
