import type { GitPin, PinChange } from "@firn/lock";
import { expect, test } from "vitest";
import { changeData, renderChange } from "./lock-change.ts";
import { painter } from "./terminal.ts";

const plain = painter(false);

function pin(version: string, digit: string): GitPin {
  return {
    want: { git: "https://github.com/acme/core", semver: "^1" },
    version,
    tag: `v${version}`,
    tagObject: null,
    commit: digit.repeat(40),
    tree: "c".repeat(40),
    integrity: `sha256-${"A".repeat(43)}=`,
  };
}

const { version: _version, tag: _tag, ...branch } = pin("1.9.0", "b");

const update: PinChange = {
  path: "core",
  kind: "updated",
  before: pin("1.0.0", "a"),
  after: pin("1.1.0", "b"),
  isTreeSame: true,
};

test("renderChange shows versions, the number of commits, their subjects and where to compare", () => {
  const commits = Array.from({ length: 12 }, (_, index) => ({ commit: "d".repeat(40), subject: `subject ${index}` }));
  const lines = renderChange({ change: update, log: { total: 30, isExact: false, commits } }, plain).split("\n");
  expect(lines[0]).toBe("~ core 1.0.0 -> 1.1.0 (30 commits or more, tree unchanged)");
  expect(lines[1]).toBe("    ddddddddd subject 0");
  expect(lines.slice(11)).toEqual(["    and 2 more", "    https://github.com/acme/core/compare/v1.0.0...v1.1.0"]);
});

test.each([
  [pin("1.10.0", "a"), pin("1.9.0", "b"), true],
  [pin("1.9.0", "a"), pin("1.10.0", "b"), false],
  [pin("1.9.0", "a"), pin("1.9.0", "b"), false],
  [pin("1.9.0", "a"), branch, false],
])("renderChange says when a version is lower than it was", (before, after, isDowngrade) => {
  const text = renderChange({ change: { ...update, before, after } }, plain);
  expect(text.includes("downgrade")).toBe(isDowngrade);
});

test("renderChange shows what is new and what is gone", () => {
  const added = { path: "a", kind: "added", after: { follows: "core" }, isTreeSame: false } as const;
  const removed = { path: "b", kind: "removed", before: pin("1.0.0", "a"), isTreeSame: false } as const;
  expect([added, removed].map((change) => renderChange({ change }, plain))).toEqual(["+ a follows core", "- b 1.0.0"]);
});

test("changeData has what is shown", () => {
  expect(changeData({ change: update, log: { total: 1, isExact: true, commits: [] } })).toEqual({
    path: "core",
    kind: "updated",
    before: { version: "1.0.0", tag: "v1.0.0", commit: "a".repeat(40) },
    after: { version: "1.1.0", tag: "v1.1.0", commit: "b".repeat(40) },
    treeUnchanged: true,
    commits: 1,
    commitsExact: true,
    log: [],
    compare: "https://github.com/acme/core/compare/v1.0.0...v1.1.0",
  });
});
