import type { InputPath } from "@firn/input";
import { findPin, isGitPin, type Lockfile, type Pin } from "./lockfile.ts";
import { compareCodeUnits } from "./compare-code-units.ts";
import { isSamePin } from "./render-lock.ts";

/** What became of the pin of one input. */
export interface PinChange {
  readonly path: InputPath;
  readonly kind: "added" | "removed" | "updated";
  /** Missing for what was added. */
  readonly before?: Pin;
  /** Missing for what was removed. */
  readonly after?: Pin;
  /** Whether the files of the input are the same before and after. */
  readonly isTreeSame: boolean;
}

/** Compares two locks: one change for each input whose pin is not the same, in the order of their paths. */
export function comparePins(before: Lockfile, after: Lockfile): PinChange[] {
  const paths = new Set([...Object.keys(before.inputs), ...Object.keys(after.inputs)]);
  return [...paths].toSorted(compareCodeUnits).flatMap((path) => {
    const [old, now] = [findPin(before, path), findPin(after, path)];
    if (isSamePin(old, now)) return [];
    return [
      {
        path,
        kind: old === undefined ? "added" : now === undefined ? "removed" : "updated",
        ...(old !== undefined && { before: old }),
        ...(now !== undefined && { after: now }),
        isTreeSame: hasSameTree(old, now),
      },
    ];
  });
}

function hasSameTree(one: Pin | undefined, other: Pin | undefined): boolean {
  if (one === undefined || other === undefined || !isGitPin(one) || !isGitPin(other)) return false;
  return one.tree === other.tree && one.integrity === other.integrity;
}
