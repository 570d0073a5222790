import type { Diagnostic } from "@firn/diagnostic";
import { defaultLimits, type InputLimits } from "@firn/input";
import { checkInputs } from "./check-inputs.ts";
import { checkPackages, type RawPackages } from "./check-packages.ts";
import { findConflictMarker } from "./conflict-markers.ts";
import { findJsonPlaces } from "./json-places.ts";
import { diagnosticAt, type LockProblem, nameOf, placeProblems } from "./lock-problem.ts";
import type { Lockfile } from "./lockfile.ts";

/** What a text is, for messages, and what it may be. */
export interface ParseLockOptions {
  /** Path of the file, as messages show it. */
  readonly file: string;
  /** @default defaultLimits */
  readonly limits?: Pick<InputLimits, "depth" | "lockFileBytes" | "paths">;
  /** Whether an input may be there without its parent, as in a side of a conflict. @default false */
  readonly hasOrphans?: boolean;
  /** Whether closures that are not whole are left out, as are packages that no closure has: git leaves both. @default false */
  readonly isMended?: boolean;
}

/** A lock, or why there is none. */
export interface ParsedLock {
  /** Missing when there are diagnostics. */
  readonly lock?: Lockfile;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Parses the text of a lockfile.json. Whether the lock is still an answer to the
 * flake.yaml is not asked: that is {@link isPinValid}.
 *
 * Problems: `bad-lock`, for conflicts of a merge too, each at its line and
 * column; `input-too-large`.
 */
export function parseLock(text: string, options: ParseLockOptions): ParsedLock {
  const { file, limits = defaultLimits, hasOrphans = false, isMended = false } = options;
  const refusal = refuseText(text, file, limits.lockFileBytes);
  if (refusal !== undefined) return { diagnostics: [refusal] };
  const value = parseJson(text);
  if (value === undefined) return { diagnostics: faultsOf(text, file) };
  const head = checkHead(value, limits);
  if (head.problem !== undefined) return { diagnostics: placeProblems(text, file, [head.problem]) };
  const { inputs, problems } = checkInputs(head.inputs, { depth: limits.depth, hasOrphans });
  const checked = checkPackages(head.packages, isMended);
  const lock: Lockfile = { lockfileVersion: 1, inputs, ...checked.packages };
  const diagnostics = placeProblems(text, file, [...head.others, ...problems, ...checked.problems]);
  if (diagnostics.length === 0 && maySayTwice(text, value)) diagnostics.push(...faultsOf(text, file));
  return diagnostics.length === 0 ? { lock, diagnostics } : { diagnostics };
}

function refuseText(text: string, file: string, most: number): Diagnostic | undefined {
  // No character takes more than three bytes for each of its UTF-16 units.
  if (text.length * 3 > most && new TextEncoder().encode(text).length > most) {
    const fact = `It has more than ${most} bytes`;
    return diagnosticAt(text, {
      code: "input-too-large",
      file,
      offset: 0,
      fact,
      fix: `Remove "${nameOf(file)}", then run: firn lock`,
    });
  }
  const offset = findConflictMarker(text);
  if (offset === undefined) return undefined;
  const fact = "A merge left both sides in it, between lines that git writes where they differ";
  return diagnosticAt(text, { file, offset, fact, fix: "Merge both sides: firn lock" });
}

/** Parses what may be JSON; undefined, which no JSON is, when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Tells whether a text has more, spaces aside, than what was read from it: a key that stands twice is read once. */
function maySayTwice(text: string, value: unknown): boolean {
  const [written, read] = [text, JSON.stringify(value)].map((one) => one.replaceAll(/\s+/g, ""));
  return written !== read;
}

function faultsOf(text: string, file: string): Diagnostic[] {
  return findJsonPlaces(text).faults.map(({ offset, fact }) =>
    diagnosticAt(text, { file, offset, fact: `The text is wrong here: ${fact}`, fix: restore(file) }),
  );
}

function restore(file: string): string {
  return `Restore the lock that was committed: git checkout -- ${nameOf(file)}`;
}

type Head =
  | {
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly packages: RawPackages;
      readonly others: readonly LockProblem[];
      readonly problem?: never;
    }
  | { readonly problem: LockProblem };

/** Checks the whole, without the pins. */
function checkHead(value: unknown, limits: Pick<InputLimits, "paths">): Head {
  const fix = "Remove the file, then run: firn lock";
  if (!isObject(value)) return { problem: { at: [], fact: "It is no object", fix } };
  const { lockfileVersion, inputs, sources, packages, closures, ...others } = value;
  const versionProblem = problemOfVersion(lockfileVersion);
  if (versionProblem !== undefined) return { problem: { at: ["lockfileVersion"], ...versionProblem } };
  if (!isObject(inputs)) {
    return {
      problem: { at: ["inputs"], fact: inputs === undefined ? '"inputs" is missing' : '"inputs" is no object', fix },
    };
  }
  const count = Object.keys(inputs).length;
  if (count > limits.paths) {
    const fact = `It has ${count} inputs, and ${limits.paths} are the most`;
    return {
      problem: { code: "input-too-large", at: ["inputs"], fact, fix: "Make inputs follow others in flake.yaml" },
    };
  }
  return {
    inputs,
    packages: { sources, packages, closures },
    others: Object.keys(others).map((key) => ({
      at: [key],
      isKey: true,
      fact: `A lock has no field "${key}"`,
      fix: `Remove "${key}"`,
    })),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problemOfVersion(version: unknown): Pick<LockProblem, "fact" | "fix"> | undefined {
  if (version === 1) return undefined;
  if (typeof version === "number" && Number.isInteger(version) && version > 1) {
    return {
      fact: `It is in format ${version}, and this Firn reads format 1`,
      fix: "Use the version of Firn that wrote it, or a later one",
    };
  }
  const fact = version === undefined ? '"lockfileVersion" is missing' : '"lockfileVersion" is no format that there is';
  return { fact, fix: "Remove the file, then run: firn lock" };
}
