import { type InputPath, parentPath } from "@firn/input";
import { emptyLock, findPin, isFollowsPin, type Lockfile, type Pin } from "./lockfile.ts";
import { compareCodeUnits } from "./compare-code-units.ts";
import { mergePackages } from "./merge-packages.ts";
import { isSamePin } from "./render-lock.ts";

/** A lock made of two. */
export interface MergedLocks {
  readonly lock: Lockfile;
  /** Inputs that the two lock differently: they have no pin, nor has anything below them, and must be locked anew. */
  readonly unsettled: readonly InputPath[];
}

/** What two locks became that were made from one. */
interface Sides {
  readonly base: Lockfile | undefined;
  readonly ours: Lockfile;
  readonly theirs: Lockfile;
}

/** A pin, none, or that it is not known which. */
type Decision = { readonly pin: Pin | undefined } | "unsettled";

/**
 * Merges two locks input by input: what both agree on stays, what only one
 * changed is as that one has it, and what both changed is left open. Packages
 * are merged as {@link mergePackages} says.
 *
 * @param base what both were made from; undefined when it is not known, so that nobody can tell what was added on one
 *   side from what was removed on the other
 */
export function mergeLocks(base: Lockfile | undefined, ours: Lockfile, theirs: Lockfile): MergedLocks {
  const sides = { base, ours, theirs };
  const pins = Object.create(null) as Record<InputPath, Pin>; // Object.create has no type of its own.
  const merged: Lockfile = { ...emptyLock, ...mergePackages(base, ours, theirs), inputs: pins };
  const unsettled: InputPath[] = [];
  const paths = new Set([base ?? emptyLock, ours, theirs].flatMap(({ inputs }) => Object.keys(inputs)));
  // A parent comes before what is below it, since its path is the start of theirs.
  for (const path of [...paths].toSorted(compareCodeUnits)) {
    if (!isParentThere(merged, path)) continue;
    const decision = decide(path, sides);
    if (decision === "unsettled") unsettled.push(path);
    else if (decision.pin !== undefined) pins[path] = decision.pin;
  }
  return { lock: merged, unsettled };
}

/** Tells whether the parent of an input was merged to something that has inputs; if not, the parent decides. */
function isParentThere(merged: Lockfile, path: InputPath): boolean {
  const parent = parentPath(path);
  const pin = findPin(merged, parent);
  return parent === "" || (pin !== undefined && !isFollowsPin(pin));
}

function decide(path: InputPath, sides: Sides): Decision {
  const { base, ours, theirs } = sides;
  const [one, other] = [findPin(ours, path), findPin(theirs, path)];
  if (isSamePin(one, other)) return { pin: one };
  if (base === undefined) return isOneSided(path, sides) ? { pin: one ?? other } : "unsettled";
  const before = findPin(base, path);
  if (isSamePin(one, before)) return { pin: other };
  return isSamePin(other, before) ? { pin: one } : "unsettled";
}

/**
 * Tells whether an input is in one lock only, for the reason that its parent is,
 * or that it is the root's. Such a pin does no harm: what no flake asks for is
 * removed when inputs are locked.
 */
function isOneSided(path: InputPath, { ours, theirs }: Sides): boolean {
  const isIn = (lock: Lockfile, one: InputPath): boolean => findPin(lock, one) !== undefined;
  const parent = parentPath(path);
  if (isIn(ours, path) === isIn(theirs, path)) return false;
  return parent === "" || isIn(ours, parent) !== isIn(theirs, parent);
}
