import { emptyLock, comparePins, type Lockfile, type Pin } from "@firn/lock";
import { expect, test } from "vitest";

const pin = (commit: number, tree: number): Pin => ({
  want: { git: "https://git.example/a" },
  commit: `${commit}`.repeat(40),
  tree: `${tree}`.repeat(40),
  integrity: `sha256-${`${tree}`.repeat(43)}=`,
});
const lockOf = (inputs: Record<string, Pin>): Lockfile => ({ ...emptyLock, inputs });

test("comparePins gives what was added, removed and updated, in the order of paths", () => {
  const before = lockOf({ same: pin(1, 1), old: pin(1, 1), "a/b": pin(1, 1), a: pin(1, 1), f: { follows: "a" } });
  const after = lockOf({ same: pin(1, 1), a: pin(2, 1), "a/b": pin(2, 2), constructor: pin(1, 1), f: pin(1, 1) });
  expect(comparePins(before, after)).toStrictEqual([
    { path: "a", kind: "updated", before: pin(1, 1), after: pin(2, 1), isTreeSame: true },
    { path: "a/b", kind: "updated", before: pin(1, 1), after: pin(2, 2), isTreeSame: false },
    { path: "constructor", kind: "added", after: pin(1, 1), isTreeSame: false },
    { path: "f", kind: "updated", before: { follows: "a" }, after: pin(1, 1), isTreeSame: false },
    { path: "old", kind: "removed", before: pin(1, 1), isTreeSame: false },
  ]);
});
