import { emptyLock, type Lockfile, mergeDriver, mergeLocks, type Pin, renderLock } from "@firn/lock";
import { describe, expect, test } from "vitest";

const pin = (digit: number): Pin => ({
  want: { git: "https://git.example/a" },
  commit: `${digit}`.repeat(40),
  tree: `${digit}`.repeat(40),
  integrity: `sha256-${"A".repeat(43)}=`,
});
const [one, two, three] = [pin(1), pin(2), pin(3)];
const follows: Pin = { follows: "z" };
type Inputs = Record<string, Pin>;
const lockOf = (inputs: Inputs): Lockfile => ({ ...emptyLock, inputs });

/** What is shown; base, ours and theirs; what becomes of them, and what is left open. */
const cases: readonly (readonly [string, Inputs | undefined, Inputs, Inputs, Inputs, readonly string[]])[] = [
  ["both the same", { a: one }, { a: two }, { a: two }, { a: two }, []],
  ["changed in ours", { a: one }, { a: two }, { a: one }, { a: two }, []],
  ["changed in theirs", { a: one }, { a: one }, { a: two }, { a: two }, []],
  ["changed in each, elsewhere", { a: one, b: one }, { a: two, b: one }, { a: one, b: two }, { a: two, b: two }, []],
  ["added in each", {}, { a: one }, { b: one }, { a: one, b: one }, []],
  ["removed in ours", { a: one, "a/b": one }, {}, { a: one, "a/b": one }, {}, []],
  ["removed in theirs", { a: one }, { a: one }, {}, {}, []],
  ["changed in both", { a: one, "a/b": one }, { a: two, "a/b": one }, { a: three, "a/b": one }, {}, ["a"]],
  ["added in both", {}, { a: one }, { a: two }, {}, ["a"]],
  ["changed and removed", { a: one }, { a: two }, {}, {}, ["a"]],
  ["changed below what is removed", { a: one, "a/b": one }, { a: one, "a/b": two }, {}, {}, []],
  ["added below what is removed", { a: one }, { a: one, "a/b": two }, {}, {}, []],
  [
    "changed below what follows now",
    { a: one, "a/b": one },
    { a: one, "a/b": two },
    { a: follows },
    { a: follows },
    [],
  ],
  [
    "changed in both, below",
    { a: one, "a/b": one },
    { a: one, "a/b": two },
    { a: one, "a/b": three },
    { a: one },
    ["a/b"],
  ],
  ["a name that only looks below", { a: one, "a-b": one }, {}, { a: one, "a-b": two }, {}, ["a-b"]],
  ["a name of every object", {}, { constructor: one }, {}, { constructor: one }, []],
  ["no base, one side only", undefined, { a: one, "a/b": one }, { c: one }, { a: one, "a/b": one, c: one }, []],
  ["no base, different", undefined, { a: one }, { a: two }, {}, ["a"]],
  ["no base, below what both have", undefined, { a: one, "a/b": one }, { a: one }, { a: one }, ["a/b"]],
];

describe("mergeLocks", () => {
  test.each(cases)("settles what it can: %s", (_, base, ours, theirs, merged, unsettled) => {
    const before = base && lockOf(base);
    expect(mergeLocks(before, lockOf(ours), lockOf(theirs))).toEqual({ lock: lockOf(merged), unsettled });
    expect(mergeLocks(before, lockOf(theirs), lockOf(ours))).toEqual({ lock: lockOf(merged), unsettled });
  });
});

describe("mergeDriver", () => {
  const text = (inputs: Inputs) => renderLock(lockOf(inputs));

  test("merges texts", () => {
    const texts = { base: text({ a: one, b: one }), ours: text({ a: two, b: one }), theirs: text({ a: one }) };
    expect(mergeDriver(texts, { file: "l" })).toStrictEqual({ text: text({ a: two }), unsettled: [], diagnostics: [] });
  });

  test("takes an empty base for no inputs, and one that is no lock for none", () => {
    const sides = { ours: text({ a: one, "a/b": one }), theirs: text({ a: one }) };
    expect(mergeDriver({ base: "", ...sides }, { file: "l" }).unsettled).toStrictEqual([]);
    expect(mergeDriver({ base: "{}", ...sides }, { file: "l" }).unsettled).toStrictEqual(["a/b"]);
  });

  test("writes nothing when a side is no lock", () => {
    const outcome = mergeDriver({ base: "", ours: "{}", theirs: "[" }, { file: "l" });
    expect(outcome.text).toBeUndefined();
    expect(outcome.diagnostics.map(({ code }) => code)).toStrictEqual(["bad-lock", "bad-lock"]);
  });
});
