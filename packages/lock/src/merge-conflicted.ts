import type { Diagnostic } from "@firn/diagnostic";
import { type InputPath, isAtOrBelow, parentPath } from "@firn/input";
import { findConflictMarker, splitConflict } from "./conflict-markers.ts";
import { diagnosticAt, nameOf } from "./lock-problem.ts";
import { emptyLock, findPin, type Lockfile } from "./lockfile.ts";
import { type MergedLocks, mergeLocks } from "./merge-locks.ts";
import { isSameClosure } from "./merge-packages.ts";
import { findClosure } from "./package-lock.ts";
import { type ParsedLock, parseLock, type ParseLockOptions } from "./parse-lock.ts";
import { compareCodeUnits } from "./compare-code-units.ts";

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
    const { lock, diagnostics } = parseMended(text, options);
    return lock === undefined ? { diagnostics } : { lock, unsettled: [], diagnostics };
  }
  const sides = splitConflict(text);
  if (sides === undefined) return { diagnostics: [incompleteMarkers(text, options.file, offset)] };
  const mixed = joinDoubled(findDoubled(sides.ours), findDoubled(sides.theirs));
  const [ours, theirs] = [sides.ours, sides.theirs].map((side) => parseSide(side, mixed, options));
  if (ours?.lock === undefined || theirs?.lock === undefined) {
    const problems = { ours: ours?.diagnostics ?? [], theirs: theirs?.diagnostics ?? [] };
    return { diagnostics: [brokenSide(text, { file: options.file, offset }, problems)] };
  }
  // Git may show a base that is no lock, since it moves lines that both sides share out of a conflict.
  const base = sides.base === undefined ? undefined : parseLock(sides.base, options).lock;
  const { lock, unsettled } = mergeLocks(base && without(base, mixed), ...withSameClosures(ours.lock, theirs.lock));
  return { lock, unsettled: [...new Set([...unsettled, ...mixed.inputs])].toSorted(compareCodeUnits), diagnostics: [] };
}

/**
 * Parses a text that git may have merged without asking: a closure may then lack
 * packages that the other side no longer had, and counts as not locked.
 */
function parseMended(text: string, options: ParseLockOptions): ParsedLock {
  const parsed = parseLock(text, options);
  if (parsed.lock !== undefined) return parsed;
  const mended = parseLock(text, { ...options, isMended: true });
  return mended.lock === undefined ? parsed : mended;
}

/** Names that stand twice in a side, by the part of the lock that they are in. */
type Doubled = Readonly<Record<"inputs" | "sources" | "closures", readonly string[]>>;

/**
 * Finds the names that a side has twice. Git merges lines, not inputs: where it
 * took lines of both for the same, a side may have some of the other's too.
 */
function findDoubled(side: string): Doubled {
  const seen = new Set<string>();
  const doubled = { inputs: [] as string[], sources: [] as string[], closures: [] as string[] }; // Else they are of `never`.
  let part = "";
  for (const line of side.split("\n")) {
    const { head, name } = /^(?: {2}"(?<head>\w+)": \{| {4}"(?<name>[^"]+)": \{\r?$)/.exec(line)?.groups ?? {};
    if (head !== undefined) part = head;
    if (name === undefined) continue;
    const key = `${part} ${name}`;
    if (seen.has(key) && Object.hasOwn(doubled, part)) doubled[part as keyof Doubled].push(name); // It was looked up.
    seen.add(key);
  }
  return doubled;
}

function joinDoubled(one: Doubled, other: Doubled): Doubled {
  return {
    inputs: [...one.inputs, ...other.inputs],
    sources: [...one.sources, ...other.sources],
    closures: [...one.closures, ...other.closures],
  };
}

/** Parses a side without what is mixed, and without what is below such inputs. */
function parseSide(text: string, mixed: Doubled, options: ParseLockOptions): ParsedLock {
  // What is below an input that only the other side has may stand outside of the conflicts, and belongs to the other.
  const parsed = parseLock(renderWithout(text, mixed), { ...options, hasOrphans: true, isMended: true });
  const orphans = { inputs: parsed.lock === undefined ? [] : orphansOf(parsed.lock), sources: [], closures: [] };
  return parsed.lock === undefined ? parsed : { ...parsed, lock: without(parsed.lock, orphans) };
}

/**
 * A text that is no JSON stays as it is, so that whoever parses it says what is
 * wrong. Of packages that stand twice in the table of a side the last counts,
 * since closures that both changed are left out anyway.
 */
function renderWithout(text: string, mixed: Doubled): string {
  const isPlain = Object.values(mixed).every(({ length }) => length === 0) && !text.includes('\n  "closures": {');
  if (isPlain) return text;
  try {
    const lock = JSON.parse(text) as Lockfile; // It is checked afterwards.
    return JSON.stringify(without({ ...emptyLock, ...lock }, mixed));
  } catch {
    return text;
  }
}

/**
 * Takes out closures that the sides do not have alike. A side may have lost lines
 * of them, or have some of the other side; to find them anew, at the states that
 * are pinned, gives the same again.
 */
function withSameClosures(ours: Lockfile, theirs: Lockfile): [Lockfile, Lockfile] {
  const names = Object.keys({ ...ours.closures, ...theirs.closures });
  const closures = names.filter((name) => !isSameClosure(findClosure(ours, name), findClosure(theirs, name)));
  const other = { inputs: [], sources: [], closures };
  return [without(ours, other), without(theirs, other)];
}

/** Lists the inputs whose parent is not there. */
function orphansOf(lock: Lockfile): InputPath[] {
  return Object.keys(lock.inputs).filter((path) => {
    const parent = parentPath(path);
    return parent !== "" && findPin(lock, parent) === undefined;
  });
}

function without({ inputs, ...rest }: Lockfile, { closures, inputs: paths, sources }: Doubled): Lockfile {
  const kept = Object.entries(inputs).filter(([path]) => !paths.some((one) => isAtOrBelow(path, one)));
  return {
    ...rest,
    inputs: Object.fromEntries(kept),
    sources: withoutKeys(rest.sources, sources),
    closures: withoutKeys(rest.closures, closures),
  };
}

function withoutKeys<Value>(
  values: Readonly<Record<string, Value>>,
  names: readonly string[],
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
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
