import { renderLock } from "@firn/lock";
import { memoryLocal, MemoryRemotes, type MemoryRepository } from "@firn/resolve/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { changed, codes, flake, flakeFile, lock, lockText, shown } from "./lock-scenario.ts";

const [a, b, c] = ["https://git.example/a", "https://git.example/b", "https://git.example/c"] as const;

let remotes: MemoryRemotes;
let as: MemoryRepository;
let bs: MemoryRepository;
let cs: MemoryRepository;
/** Commits of c, the older first. */
let old: string;
let now: string;

/** What a asks for: b, which asks for c. The lock of a has the older c, b has none. */
const ofA = { b: { git: b } };

beforeEach(async () => {
  remotes = new MemoryRemotes();
  [as, bs, cs] = [remotes.add(a), remotes.add(b), remotes.add(c)];
  old = cs.commit({ "flake.yaml": flakeFile() });
  bs.commit({ "flake.yaml": flakeFile({ c: { git: c } }) });
  as.commit({ "flake.yaml": flakeFile(ofA), "lockfile.json": await lockText(ofA, remotes) });
  now = cs.commit({ "flake.yaml": flakeFile(), now: "" });
});

const plain = flake({ a: { git: a } });

describe("lockInputs takes from the lock of an input", () => {
  test("the commits of inputs of inputs of that input", async () => {
    expect(shown(await lock({ manifest: plain, fetcher: remotes }))).toMatchObject({ "a/b/c": old });
  });

  test("what is below an input with rev", async () => {
    const pinned = { b: { git: b, rev: bs.branches.get("main") } };
    const right = (await lockText(pinned, remotes)).replace(now, old);
    as.commit({ "flake.yaml": flakeFile(pinned), "lockfile.json": right });
    expect(shown(await lock({ manifest: plain, fetcher: remotes }))).toMatchObject({ "a/b/c": old });
  });

  test("what is below a folder of it", async () => {
    const inputs = { sub: { path: "./sub" } };
    const sub = flakeFile({ c: { git: c, ref: "main" } });
    const local = memoryLocal({ "sub/flake.yaml": sub });
    const made = renderLock(await lock({ manifest: flake(inputs), fetcher: remotes, local })).replace(now, old);
    as.commit({ "flake.yaml": flakeFile(inputs), "sub/flake.yaml": sub, "lockfile.json": made });
    expect(shown(await lock({ manifest: plain, fetcher: remotes }))).toMatchObject({ "a/sub/c": old });
  });

  test("again what a follows or another source replaced for a while, two levels below", async () => {
    const first = await lock({ manifest: plain, fetcher: remotes });
    for (const replacement of [{ follows: "a" }, { git: c, ref: "main" }]) {
      const inputs = { a: { git: a, inputs: { b: { inputs: { c: replacement } } } } };
      const replaced = await lock({ manifest: flake(inputs), fetcher: remotes, previous: first });
      expect(changed(first, replaced)).toEqual(["a/b/c"]);
      expect(replaced.inputs["a/b/c"]).toMatchObject({ overriddenBy: "." });
      const restored = await lock({ manifest: plain, fetcher: remotes, previous: replaced });
      expect(renderLock(restored)).toBe(renderLock(first));
    }
  });

  test("nothing when its own flake.yaml asks for something else", async () => {
    bs.commit({ "flake.yaml": flakeFile({ c: { git: c, ref: "main" } }) });
    expect(shown(await lock({ manifest: plain, fetcher: remotes }))).toMatchObject({ "a/b/c": old });
    as.commit({
      "flake.yaml": flakeFile({ b: { git: b, ref: "main" } }),
      "lockfile.json": await lockText(ofA, remotes),
    });
    expect(shown(await lock({ manifest: plain, fetcher: remotes }))).toMatchObject({ "a/b/c": now });
  });

  test("nothing that cannot be read", async () => {
    as.commit({ "flake.yaml": flakeFile(ofA), "lockfile.json": "{" });
    expect(shown(await lock({ manifest: plain, fetcher: remotes }))).toMatchObject({ "a/b/c": now });
  });

  test("a version as a preference, unless others ask for a higher one", async () => {
    for (const version of ["1.0.0", "1.1.0"]) cs.release(version, { "flake.yaml": flakeFile(), version });
    const inputs = { c: { git: c, semver: "^1" } };
    const text = await lockText(inputs, remotes);
    cs.release("1.2.0", { "flake.yaml": flakeFile() });
    as.commit({ "flake.yaml": flakeFile(inputs), "lockfile.json": text });
    expect(shown(await lock({ manifest: plain, fetcher: remotes }))).toMatchObject({ "a/c": "1.1.0" });
    const manifest = flake({ a: { git: a }, c: { git: c, semver: "^1.2" } });
    expect(shown(await lock({ manifest, fetcher: remotes }))).toMatchObject({ "a/c": "1.2.0", c: "1.2.0" });
  });
});

describe("lockInputs lets override", () => {
  const other = "https://git.example/other";

  beforeEach(() => {
    remotes.add(other).commit({ "flake.yaml": flakeFile() });
  });

  test("an input between, also when only what is below it is updated", async () => {
    as.commit({ "flake.yaml": flakeFile({ b: { git: b, inputs: { c: { git: other } } } }) });
    const first = await lock({ manifest: plain, fetcher: remotes });
    expect(first.inputs["a/b/c"]).toMatchObject({ want: { git: other }, overriddenBy: "a" });
    bs.commit({ "flake.yaml": flakeFile({ c: { git: c } }), new: "" });
    const updated = await lock({ manifest: plain, fetcher: remotes, previous: first, update: ["a/b"] });
    expect(changed(first, updated)).toEqual(["a/b"]);
  });

  test("the outermost flake before those between", async () => {
    as.commit({ "flake.yaml": flakeFile({ b: { git: b, inputs: { c: { git: other } } } }) });
    const inner = await lock({ manifest: plain, fetcher: remotes });
    const manifest = flake({ a: { git: a, inputs: { b: { inputs: { c: { git: c, ref: "main" } } } } } });
    const outer = await lock({ manifest, fetcher: remotes, previous: inner });
    expect(outer.inputs["a/b/c"]).toMatchObject({ want: { git: c, ref: "main" }, overriddenBy: "." });
    expect(renderLock(outer)).toBe(renderLock(await lock({ manifest, fetcher: remotes })));
    expect(renderLock(await lock({ manifest: plain, fetcher: remotes, previous: outer }))).toBe(renderLock(inner));
  });

  test("the source of an input, whose own inputs those between still override", async () => {
    as.commit({ "flake.yaml": flakeFile({ b: { git: b, inputs: { c: { git: other } } } }) });
    const first = await lock({ manifest: plain, fetcher: remotes });
    const manifest = flake({ a: { git: a, inputs: { b: { git: b, ref: "main" } } } });
    const replaced = await lock({ manifest, fetcher: remotes, previous: first });
    expect(replaced.inputs["a/b/c"]).toMatchObject({ want: { git: other }, overriddenBy: "a" });
    expect(renderLock(replaced)).toBe(renderLock(await lock({ manifest, fetcher: remotes })));
  });

  test("an input by a folder of the flake that overrides", async () => {
    const local = memoryLocal({ "mine/flake.yaml": flakeFile({ c: { git: c } }) });
    const manifest = flake({ a: { git: a, inputs: { b: { path: "./mine" } } } });
    const locked = await lock({ manifest, fetcher: remotes, local });
    expect(shown(locked)).toMatchObject({ "a/b": "path", "a/b/c": now });
    expect(renderLock(await lock({ manifest, previous: locked, local }))).toBe(renderLock(locked));
  });

  test("an input that comes with an update, as the flake above it says", async () => {
    as.commit({ "flake.yaml": flakeFile({ b: { git: b, inputs: { late: { git: other } } } }) });
    const first = await lock({ manifest: plain, fetcher: remotes });
    bs.commit({ "flake.yaml": flakeFile({ c: { git: c }, late: { git: c } }) });
    const updated = await lock({ manifest: plain, fetcher: remotes, previous: first, update: ["a/b"] });
    expect(updated.inputs["a/b/late"]).toMatchObject({ want: { git: other }, overriddenBy: "a" });
  });

  test("only what is there, with a warning to who can mend it", async () => {
    as.commit({ "flake.yaml": flakeFile({ b: { git: b, inputs: { nope: { git: other } } } }) });
    expect(await codes({ manifest: plain, fetcher: remotes })).toEqual([]);
    const manifest = flake({ a: { git: a, inputs: { nope: { git: other } } } });
    expect(await codes({ manifest, fetcher: remotes })).toEqual(["unknown-input?"]);
  });
});

describe("lockInputs lets the user give", () => {
  test("a version or a branch, which stays until it is updated and changes nothing of what is asked for", async () => {
    for (const version of ["1.0.0", "1.1.0"]) cs.release(version, { "flake.yaml": flakeFile(), version });
    const next = bs.commit({ "flake.yaml": flakeFile() }, "next");
    const manifest = flake({ b: { git: b }, c: { git: c, semver: "^1" } });
    const overrides = new Map([
      ["b", "next"],
      ["c", "1.0.0"],
    ]);
    const given = await lock({ manifest, fetcher: remotes, overrides });
    expect(shown(given)).toEqual({ b: next, c: "1.0.0" });
    expect(given.inputs).toMatchObject({ b: { want: { git: b } }, c: { want: { git: c, semver: "^1" } } });
    expect(renderLock(await lock({ manifest, previous: given }))).toBe(renderLock(given));
    const updated = await lock({ manifest, fetcher: remotes, previous: given, update: "all" });
    expect(shown(updated)).toMatchObject({ b: bs.branches.get("main"), c: "1.1.0" });
  });

  test.each([
    ["a version outside the range", "c", "2.0.0"],
    ["a branch for a range", "c", "main"],
    ["anything for a commit", "r", "main"],
    ["anything for an input that follows", "f", "main"],
    ["anything for a folder", "p", "main"],
  ])("not %s", async (_title, path, text) => {
    cs.release("1.0.0", { "flake.yaml": flakeFile() });
    const inputs = {
      c: { git: c, semver: "^1" },
      r: { git: c, rev: now },
      f: { follows: "c" },
      p: { path: "./p", flake: false },
    };
    const overrides = new Map([[path, text]]);
    expect(await codes({ manifest: flake(inputs), fetcher: remotes, overrides })).toEqual(["bad-usage"]);
  });
});
