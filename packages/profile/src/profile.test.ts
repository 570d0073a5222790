import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { emptyRecord } from "@firn/plan";
import { openProfile, type Profile, renderRecord } from "@firn/profile";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let state = "";
let profile: Profile;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "firn-profile-"));
  profile = openProfile(state);
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

const time = "2026-01-01T00:00:00.000Z";

/** Writes files of the state: texts, or links as `-> target`. */
function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(state, path)), { recursive: true });
    if (text.startsWith("-> ")) symlinkSync(text.slice(3), join(state, path));
    else writeFileSync(join(state, path), text);
  }
}

function numbered(number: number, generation: string): Record<string, string> {
  return { [`generations/${number}.json`]: JSON.stringify({ number, generation, host: "web", time }) };
}

function installed(id: string, generation: string, number = 1): Record<string, string> {
  return {
    [`installed/${id}/generation`]: `-> ../../store/generations/${generation}`,
    [`installed/${id}/number`]: `${number}\n`,
    [`installed/${id}/record.json`]: renderRecord(emptyRecord),
  };
}

describe("current", () => {
  test("is nothing where nothing is installed", () => {
    expect(profile.current()).toBeUndefined();
    expect(openProfile(join(state, "missing")).current()).toBeUndefined();
  });

  test("is what the link leads to", () => {
    write({ ...installed("3", "a-web", 7), ...installed("4", "b-web", 8), current: "-> installed/3" });
    expect(profile.current()).toEqual({ number: 7, generation: "a-web", installed: "3", record: emptyRecord });
  });

  test.each([
    ["record.json", "{"],
    ["record.json", '{"version":2,"made":[]}'],
    ["record.json", undefined],
    ["number", undefined],
    ["generation", undefined],
  ])("is an error where %s is %j", (name, text) => {
    write({ ...installed("3", "a-web"), current: "-> installed/3" });
    rmSync(join(state, "installed/3", name));
    if (text !== undefined) write({ [`installed/3/${name}`]: text });
    expect(() => profile.current()).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({
            code: "bad-state",
            message: `Cannot read what is installed from "${join(state, "installed/3")}"`,
          }),
        ],
      }),
    );
  });
});

describe("list", () => {
  test("is empty before the first switch", () => {
    expect(profile.list()).toEqual([]);
  });

  test("goes by number, and leaves out what is none", () => {
    write({
      ...numbered(10, "c"),
      ...numbered(9, "b"),
      ...numbered(1, "a"),
      "generations/1.json.part": "{",
      "generations/x.json": "{",
    });
    expect(profile.list().map(({ generation, number }) => [number, generation])).toEqual([
      [1, "a"],
      [9, "b"],
      [10, "c"],
    ]);
  });
});

describe("numberOf", () => {
  test("is the next number for a generation that has none", () => {
    expect(profile.numberOf("a")).toEqual({ number: 1, isNew: true });
    write({ ...numbered(4, "a"), ...numbered(9, "b") });
    expect(profile.numberOf("c")).toEqual({ number: 10, isNew: true });
  });

  test("is the newest number of a generation that has some", () => {
    write({ ...numbered(1, "a"), ...numbered(2, "b"), ...numbered(3, "a") });
    expect(profile.numberOf("a")).toEqual({ number: 3, isNew: false });
  });
});

test("nextInstalled is a name that none has, whatever else is there", () => {
  expect(profile.nextInstalled()).toBe("1");
  write({ ...installed("9", "a"), ...installed("10", "b"), "installed/notes/x": "" });
  expect(profile.nextInstalled()).toBe("11");
});

test("remove forgets numbers, but not that of what is current", () => {
  write({
    ...numbered(1, "a"),
    ...numbered(2, "b"),
    ...numbered(3, "c"),
    ...installed("1", "b", 2),
    current: "-> installed/1",
  });
  profile.remove([1, 2, 7]);
  expect(readdirSync(join(state, "generations")).toSorted()).toEqual(["2.json", "3.json"]);
});

describe("roots", () => {
  test("are none where nothing was switched", () => {
    expect([...profile.roots()]).toEqual([]);
  });

  test("are all that have a number, all that are installed, and what an interrupted switch names", () => {
    write({
      ...numbered(1, "numbered"),
      ...installed("1", "current"),
      ...installed("2", "left"),
      "journal/installed/generation": "-> ../../store/generations/begun",
      "journal.new/installed/generation": "-> ../../store/generations/ready",
      "committed/installed/generation": "-> ../../store/generations/proved",
      current: "-> installed/1",
    });
    expect([...profile.roots()].toSorted()).toEqual(["begun", "current", "left", "numbered", "proved", "ready"]);
  });

  test("are also what a folder names that is not whole", () => {
    write({ "installed/1/generation": "-> ../../store/generations/a", "installed/2/number": "1" });
    expect([...profile.roots()]).toEqual(["a"]);
  });
});
