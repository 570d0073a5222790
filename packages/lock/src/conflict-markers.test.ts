import { emptyLock, type Lockfile, mergeConflicted, parseLock, type Pin, renderLock } from "@firn/lock";
import { describe, expect, test } from "vitest";

const file = "lockfile.json";
const pin = (digit: number): Pin => ({
  want: { git: "https://git.example/a" },
  commit: `${digit}`.repeat(40),
  tree: `${digit}`.repeat(40),
  integrity: `sha256-${"A".repeat(43)}=`,
});
const lockOf = (inputs: Record<string, Pin>): Lockfile => ({ ...emptyLock, inputs });

/** The whole of both sides in one conflict, as git leaves files that have nothing in common. */
const conflict = (ours: string, theirs: string, base?: string) =>
  `<<<<<<< HEAD\n${ours}${base === undefined ? "" : `||||||| 1234567\n${base}`}=======\n${theirs}>>>>>>> topic\n`;

const oneHunk = `{
  "lockfileVersion": 1,
  "inputs": {
<<<<<<< HEAD
    "a": { "follows": "b" }
=======
    "c": { "follows": "b" }
>>>>>>> topic
  }
}
`;

describe("parseLock", () => {
  test.each([
    [oneHunk, 4],
    [oneHunk.replaceAll("\n", "\r\n"), 4],
    [conflict("x\n", "y\n", "z\n"), 1],
    ["{}\n=======\n", 2],
    ["{}\n>>>>>>>", 2],
  ])("recognizes the conflict in %j and says that firn lock merges it", (text, line) => {
    const { diagnostics } = parseLock(text, { file });
    expect(diagnostics).toMatchObject([
      { code: "bad-lock", fix: "Merge both sides: firn lock", marks: [{ place: { position: { line, column: 1 } } }] },
    ]);
  });
});

describe("mergeConflicted", () => {
  test("takes what stands outside of the conflicts for both sides", () => {
    expect(mergeConflicted(oneHunk, { file })).toEqual({
      lock: lockOf({ a: { follows: "b" }, c: { follows: "b" } }),
      unsettled: [],
      diagnostics: [],
    });
  });

  test("leaves open what differs where the base is not shown", () => {
    const ours = renderLock(lockOf({ a: pin(1), b: pin(1) }));
    const theirs = renderLock(lockOf({ a: pin(1), b: pin(2) }));
    expect(mergeConflicted(conflict(ours, theirs), { file })).toEqual({
      lock: lockOf({ a: pin(1) }),
      unsettled: ["b"],
      diagnostics: [],
    });
  });

  test("takes the side that changed where the base is shown", () => {
    const base = renderLock(lockOf({ a: pin(1), b: pin(1), c: pin(1) }));
    const ours = renderLock(lockOf({ a: pin(1), b: pin(2), c: pin(1) }));
    const theirs = renderLock(lockOf({ a: pin(3), b: pin(1) }));
    expect(mergeConflicted(conflict(ours, theirs, base), { file })).toEqual({
      lock: lockOf({ a: pin(3), b: pin(2) }),
      unsettled: [],
      diagnostics: [],
    });
  });

  test("does without a base that is no lock", () => {
    const side = renderLock(lockOf({ a: pin(1) }));
    expect(mergeConflicted(conflict(side, side, "}\n"), { file }).lock).toEqual(lockOf({ a: pin(1) }));
  });

  test("drops from a side what is below an input that only the other side has", () => {
    const text = oneHunk.replace('"c": { "follows": "b" }', '"a": { "want": { "path": "./a" } }');
    const shared = text.replace(
      ">>>>>>> topic\n",
      '>>>>>>> topic\n,   "a/b": { "follows": "b" }, "c/d": { "follows": "a" }\n',
    );
    expect(mergeConflicted(shared, { file })).toEqual({ lock: lockOf({}), unsettled: ["a"], diagnostics: [] });
  });

  test("parses a text without conflicts as it is", () => {
    expect(mergeConflicted(renderLock(lockOf({ a: pin(1) })), { file })).toMatchObject({ unsettled: [] });
    expect(mergeConflicted("{", { file })).toMatchObject({ diagnostics: [{ code: "bad-lock" }] });
  });

  test("reports the side that is no lock", () => {
    const outcome = mergeConflicted(conflict("{\n", renderLock(lockOf({}))), { file });
    expect(outcome.lock).toBeUndefined();
    expect(outcome.diagnostics.map(({ code }) => code)).toStrictEqual(["bad-lock"]);
  });

  test.each([
    [
      "x\n",
      renderLock(lockOf({})),
      "Our side of the merge is no lock: The text is wrong here: here must be a value",
      "--theirs",
    ],
    [
      renderLock(lockOf({})),
      "x\n",
      "Their side of the merge is no lock: The text is wrong here: here must be a value",
      "--ours",
    ],
    ["x\n", "x\n", "Our side of the merge is no lock: The text is wrong here: here must be a value", "HEAD"],
  ])("names the side that is no lock, and how to take the other: %j %j", (ours, theirs, why, taken) => {
    expect(mergeConflicted(conflict(ours, theirs), { file })).toMatchObject({
      diagnostics: [{ code: "bad-lock", why: [why], fix: expect.stringContaining(`git checkout ${taken} -- `) }],
    });
  });

  test.each([
    "<<<<<<< a\n",
    "<<<<<<< a\n=======\n",
    "=======\n>>>>>>> b\n",
    "<<<<<<< a\n>>>>>>> b\n",
    "<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n",
    "||||||| a\n=======\n>>>>>>> b\n",
    "<<<<<<< a\n=======\n||||||| b\n>>>>>>> c\n",
  ])("refuses markers that are not complete: %j", (text) => {
    expect(mergeConflicted(text, { file })).toMatchObject({
      diagnostics: [
        { code: "bad-lock", fix: "Start the merge of the file anew: git checkout --merge -- lockfile.json" },
      ],
    });
  });
});
