import { defaultLimits } from "@firn/input";
import { emptyLock, type Lockfile, renderLock } from "@firn/lock";
import type { Fetcher } from "@firn/resolve";
import { memoryLocal, MemoryRemotes, type MemoryRepository } from "@firn/resolve/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { codes, flake, flakeFile, lock, lockText, type Scenario, shown, tryLock } from "./lock-scenario.ts";

const [a, b, c] = ["https://git.example/a", "https://git.example/b", "https://git.example/c"] as const;

let remotes: MemoryRemotes;
let as: MemoryRepository;
let bs: MemoryRepository;
let cs: MemoryRepository;

beforeEach(() => {
  remotes = new MemoryRemotes();
  [as, bs, cs] = [remotes.add(a), remotes.add(b), remotes.add(c)];
  cs.release("1.0.0", { "flake.yaml": flakeFile() });
  bs.release("1.0.0", { "flake.yaml": flakeFile({ c: { git: c, semver: "^1" } }) });
  as.release("1.0.0", { "flake.yaml": flakeFile({ b: { git: b, semver: "^1" } }) });
});

/** Lists the inputs that are stale where nothing may be fetched. */
async function stale(scenario: Scenario): Promise<string[]> {
  const { lock: none, diagnostics } = await tryLock(scenario);
  expect(none).toBeUndefined();
  return diagnostics.map(({ code, message }) => `${code} ${/input "(.*?)"/.exec(message)?.[1]}`);
}

describe("lockInputs without a fetcher", () => {
  const want = { git: a, semver: "^1" };

  test.each([
    ["semver", { git: a, semver: "^1.0" }],
    ["git", { git: c, semver: "^1" }],
    ["ref", { git: a, ref: "main" }],
    ["rev", { git: a, rev: "1".repeat(40) }],
    ["dir", { ...want, dir: "sub" }],
    ["tagPrefix", { ...want, tagPrefix: "x/" }],
    ["submodules", { ...want, submodules: true }],
    ["flake", { ...want, flake: false }],
  ])("names an input of which another %s is asked for", async (_field, other) => {
    const previous = await lock({ manifest: flake({ a: want }), fetcher: remotes });
    expect(await stale({ manifest: flake({ a: other }), previous })).toEqual(["stale-lock a"]);
  });

  test("takes what means the same for the same", async () => {
    const previous = await lock({ manifest: flake({ a: want }), fetcher: remotes });
    const manifest = flake({ a: { ...want, submodules: false, flake: true } });
    expect(renderLock(await lock({ manifest, previous }))).toBe(renderLock(previous));
  });

  test("names all that is stale at once, and nothing twice", async () => {
    const inputs = { a: want, x: { git: a, ref: "main" }, gone: { git: c }, f: { follows: "a" } };
    const previous = await lock({ manifest: flake({ ...inputs, g: { follows: "gone" } }), fetcher: remotes });
    const manifest = flake({
      a: { ...want, inputs: { b: { inputs: { c: { git: c, ref: "main" } } } } },
      x: { git: a },
      f: { follows: "x" },
      new: { git: b },
    });
    const forgotten = ["a/b/c", "new", "x"].map((path) => `stale-lock ${path}`);
    expect(await stale({ manifest, previous })).toEqual(
      [...forgotten, "stale-lock f", "stale-lock g", "stale-lock gone"].toSorted(),
    );
  });

  test("names an override that is gone, and what is left over", async () => {
    const manifest = flake({ a: { ...want, inputs: { b: { inputs: { c: { follows: "a" } } } } } });
    const previous = await lock({ manifest, fetcher: remotes });
    expect(await stale({ manifest: flake({ a: want }), previous })).toEqual(["stale-lock a/b/c"]);
    expect(await stale({ manifest: flake({}), previous })).toEqual(
      ["a", "a/b", "a/b/c"].map((each) => `stale-lock ${each}`),
    );
  });

  test("names a pin that is not what it says, and one that is in doubt", async () => {
    const manifest = flake({ a: want });
    const previous = await lock({ manifest, fetcher: remotes });
    const edited = { ...previous.inputs["a/b"], version: "3.0.0" } as Lockfile["inputs"][string]; // Still a pin.
    const wrong: Lockfile = { ...emptyLock, inputs: { ...previous.inputs, "a/b": edited } };
    expect(await stale({ manifest, previous: wrong })).toEqual(["stale-lock a/b"]);
    expect(await stale({ manifest, previous, unsettled: ["a/b/c"] })).toEqual(["stale-lock a/b/c"]);
    for (const request of [{ previous: wrong }, { previous, unsettled: ["a/b", "a/b/c"] }]) {
      expect(renderLock(await lock({ manifest, fetcher: remotes, ...request }))).toBe(renderLock(previous));
    }
  });
});

describe("lockInputs and tags", () => {
  const manifest = flake({ a: { git: a, semver: "^1" } });

  test("warns of one that is gone when it looks, and only then", async () => {
    const previous = await lock({ manifest, fetcher: remotes });
    as.tags.delete("v1.0.0");
    as.release("1.1.0", { "flake.yaml": flakeFile() });
    expect(await codes({ manifest, fetcher: remotes, previous })).toEqual([]);
    expect(await codes({ manifest, fetcher: remotes, previous, update: ["a"] })).toEqual(["moved-tag?"]);
  });

  test("refuses a moved one in the lock of an input, and at a new input", async () => {
    const inputs = { b: { git: b, semver: "^1" } };
    const text = await lockText(inputs, remotes);
    as.release("1.1.0", { "flake.yaml": flakeFile(inputs), "lockfile.json": text });
    const previous = await lock({ manifest: flake(inputs), fetcher: remotes });
    bs.tag("v1.0.0", bs.commit({ "flake.yaml": flakeFile(), evil: "" }));
    expect(await codes({ manifest, fetcher: remotes })).toEqual(["moved-tag"]);
    const more = flake({ ...inputs, again: { git: b, semver: "^1.0" } });
    expect(await codes({ manifest: more, fetcher: remotes, previous })).toEqual(["moved-tag"]);
    expect(await codes({ manifest: more, fetcher: remotes, previous, acceptMovedTags: ["again"] })).toEqual([]);
  });

  test("compares none with that of another repository", async () => {
    const previous = await lock({ manifest, fetcher: remotes });
    const other = flake({ a: { git: c, semver: "^1" } });
    expect(shown(await lock({ manifest: other, fetcher: remotes, previous }))).toEqual({ a: "1.0.0" });
  });

  test("says that all versions in a range are retracted", async () => {
    as.release("2.0.0", { "flake.yaml": flakeFile({}, { retracted: ["1.0.0"] }) });
    const { diagnostics } = await tryLock({ manifest, fetcher: remotes });
    expect(diagnostics).toMatchObject([{ code: "no-version", message: expect.stringContaining("are retracted") }]);
  });

  test("never lead to a lower version on an update", async () => {
    const previous = await lock({ manifest, fetcher: remotes });
    as.release("1.1.0", { "flake.yaml": flakeFile() });
    const updated = await lock({ manifest, fetcher: remotes, previous, update: "all" });
    as.release("1.0.9", { "flake.yaml": flakeFile(), late: "" });
    expect(shown(await lock({ manifest, fetcher: remotes, previous: updated, update: "all" }))).toEqual({ a: "1.1.0" });
  });
});

describe("lockInputs lets inputs of inputs", () => {
  test.each([
    ["no http", { git: "http://git.example/c" }, {}, ["forbidden-source"]],
    ["no file", { git: "file:///c" }, {}, ["forbidden-source"]],
    ["no such mirror either", { git: c, mirrors: ["file:///c"] }, {}, ["forbidden-source"]],
    ["what the root allows", { git: "http://git.example/c" }, { transports: ["https", "http"] }, []],
    ["no folder outside their repository", { path: "../c" }, {}, ["forbidden-source"]],
    ["no folder outside it on the way", { path: "./sub/../../c" }, {}, ["forbidden-source"]],
  ])("use %s", async (_title, entry, more, expected) => {
    remotes.add("http://git.example/c").commit({ "flake.yaml": flakeFile() });
    as.commit({ "flake.yaml": flakeFile({ c: entry }), "c/flake.yaml": flakeFile() });
    expect(await codes({ manifest: flake({ a: { git: a } }, more), fetcher: remotes })).toEqual(expected);
  });

  test("use any transport that the root names, for itself or for them", async () => {
    remotes.add("file:///c").commit({ "flake.yaml": flakeFile() });
    as.commit({ "flake.yaml": flakeFile({ c: { git: "http://git.example/c" } }) });
    const manifest = flake({ a: { git: a, inputs: { c: { git: "file:///c" } } }, mine: { git: "file:///c" } });
    expect(await codes({ manifest, fetcher: remotes })).toEqual([]);
  });

  test("be folders beside them, which start where they are", async () => {
    const sub = flakeFile({ core: { path: "../core" } });
    as.commit({ "packages/ui/flake.yaml": sub, "packages/core/flake.yaml": flakeFile({ c: { git: c } }) });
    const locked = await lock({ manifest: flake({ ui: { git: a, dir: "packages/ui" } }), fetcher: remotes });
    expect(shown(locked)).toMatchObject({ "ui/core": "path", "ui/core/c": cs.branches.get("main") });
  });

  test("need no devInputs, which are the root's alone", async () => {
    as.commit({ "flake.yaml": flakeFile({}, { devInputs: { c: { git: c } } }) });
    const manifest = flake({ a: { git: a } }, { devInputs: { b: { git: b } } });
    expect(Object.keys((await lock({ manifest, fetcher: remotes })).inputs)).toEqual(["a", "b", "b/c"]);
  });

  test("be each other where one follows the root", async () => {
    bs.commit({ "flake.yaml": flakeFile({ a: { git: a } }) });
    as.commit({ "flake.yaml": flakeFile({ b: { git: b, inputs: { a: { follows: "" } } } }) });
    expect(shown(await lock({ manifest: flake({ a: { git: a } }), fetcher: remotes }))).toMatchObject({
      "a/b/a": "-> a",
    });
    const manifest = flake({ a: { git: a, inputs: { b: { follows: "" } } } });
    expect(shown(await lock({ manifest, fetcher: remotes }))).toMatchObject({ "a/b": "-> " });
  });

  test("be anything where they are no flake", async () => {
    as.commit({ "flake.yaml": "[", "lockfile.json": "{" });
    const manifest = flake({ a: { git: a, flake: false } });
    expect(Object.keys((await lock({ manifest, fetcher: remotes })).inputs)).toEqual(["a"]);
    expect(await codes({ manifest: flake({ a: { git: a } }), fetcher: remotes })).toEqual(["bad-flake"]);
  });
});

describe("lockInputs stops", () => {
  test("at the limit of inputs, with one problem", async () => {
    const inputs = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`i${index}`, { git: c }]));
    const of = (paths: number): Scenario => ({
      manifest: flake(inputs),
      fetcher: remotes,
      limits: { ...defaultLimits, paths },
    });
    expect(await codes(of(9))).toEqual([]);
    expect(await codes(of(5))).toEqual(["input-too-large"]);
  });

  test("at the limit of levels", async () => {
    const of = (depth: number): Scenario => ({
      manifest: flake({ a: { git: a, semver: "^1" } }),
      fetcher: remotes,
      limits: { ...defaultLimits, depth },
    });
    expect(await codes(of(3))).toEqual([]);
    expect(await codes(of(2))).toEqual(["input-too-large"]);
  });

  test("at a kept input that is not what the lock has, when it must read it", async () => {
    const manifest = flake({ a: { git: a, semver: "^1" } });
    const previous = await lock({ manifest, fetcher: remotes });
    const lying: Fetcher = {
      listRefs: (source) => remotes.listRefs(source),
      async fetchTree(request) {
        const { value, diagnostics } = await remotes.fetchTree(request);
        return value === undefined ? { diagnostics } : { value: { ...value, tree: "0".repeat(40) }, diagnostics };
      },
    };
    expect(await codes({ manifest, fetcher: lying, previous, update: ["a/b"] })).toEqual(["integrity-mismatch"]);
  });

  test("at a folder of the root that is its own input", async () => {
    const local = memoryLocal({ "x/flake.yaml": flakeFile({ y: { path: "../x" } }) });
    expect(await codes({ manifest: flake({ x: { path: "./x" } }), local })).toEqual(["input-cycle"]);
  });
});
