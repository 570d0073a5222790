import { renderLock } from "@firn/lock";
import { memoryLocal, MemoryRemotes } from "@firn/resolve/testing";
import { describe, expect, test } from "vitest";
import { changed, codes, flake, flakeFile, lock, lockText, shown } from "./lock-scenario.ts";

const core = "https://git.example/core";
const log = "https://git.example/log";

describe("lockInputs chooses", () => {
  test("the highest version that satisfies a range", async () => {
    const remotes = new MemoryRemotes();
    const repository = remotes.add(core);
    for (const version of ["1.0.0", "1.4.2", "1.4.10", "2.0.0", "1.5.0-rc.1"]) {
      repository.release(version, { "flake.yaml": flakeFile(), version });
    }
    const locked = await lock({ manifest: flake({ core: { git: core, semver: "^1.0" } }), fetcher: remotes });
    expect(shown(locked)).toEqual({ core: "1.4.10" });
  });

  test("a branch, a tag, a commit and the default branch", async () => {
    const remotes = new MemoryRemotes();
    const repository = remotes.add(core);
    const first = repository.commit({ "flake.yaml": flakeFile() });
    const next = repository.commit({ "flake.yaml": flakeFile(), a: "" }, "next");
    const head = repository.commit({ "flake.yaml": flakeFile(), b: "" });
    repository.tag("stable", first, { annotated: true });
    const manifest = flake({
      a: { git: core },
      b: { git: core, ref: "next" },
      c: { git: core, ref: "stable" },
      d: { git: core, rev: first },
      e: { git: core, ref: "refs/tags/stable" },
    });
    expect(shown(await lock({ manifest, fetcher: remotes }))).toEqual({
      a: head,
      b: next,
      c: first,
      d: first,
      e: first,
    });
  });

  test("one version for all who ask for a package, where their ranges allow it", async () => {
    const remotes = new MemoryRemotes();
    const logs = remotes.add(log);
    for (const version of ["0.9.1", "0.9.4", "0.9.9"]) logs.release(version, { "flake.yaml": flakeFile(), version });
    remotes.add(core).release("1.0.0", { "flake.yaml": flakeFile({ log: { git: log, semver: "0.9.1 - 0.9.5" } }) });
    const manifest = flake({ core: { git: core, semver: "^1" }, log: { git: log, semver: "^0.9.1" } });
    const locked = await lock({ manifest, fetcher: remotes });
    expect(shown(locked)).toEqual({ core: "1.0.0", "core/log": "0.9.4", log: "0.9.4" });
  });

  test("two versions where the ranges exclude each other", async () => {
    const remotes = new MemoryRemotes();
    const logs = remotes.add(log);
    for (const version of ["1.9.0", "2.1.0"]) logs.release(version, { "flake.yaml": flakeFile(), version });
    remotes.add(core).release("1.0.0", { "flake.yaml": flakeFile({ log: { git: log, semver: "^1" } }) });
    const manifest = flake({ core: { git: core, semver: "^1" }, log: { git: log, semver: "^2" } });
    expect(shown(await lock({ manifest, fetcher: remotes }))).toMatchObject({ "core/log": "1.9.0", log: "2.1.0" });
  });

  test("no version that the highest one retracts", async () => {
    const remotes = new MemoryRemotes();
    const repository = remotes.add(core);
    repository.release("1.0.0", { "flake.yaml": flakeFile() });
    repository.release("1.1.0", { "flake.yaml": flakeFile(), broken: "" });
    repository.release("2.0.0", { "flake.yaml": flakeFile({}, { retracted: ["1.1.0"] }) });
    const locked = await lock({ manifest: flake({ core: { git: core, semver: "^1" } }), fetcher: remotes });
    expect(shown(locked)).toEqual({ core: "1.0.0" });
  });
});

describe("lockInputs keeps", () => {
  test("everything without a question when nothing changed", async () => {
    const remotes = new MemoryRemotes();
    remotes.add(log).release("1.0.0", { "flake.yaml": flakeFile() });
    remotes.add(core).release("1.0.0", {
      "flake.yaml": flakeFile({ log: { git: log, semver: "^1" }, sub: { path: "./sub" } }),
      "sub/flake.yaml": flakeFile({ log: { git: log, semver: "^1" } }),
    });
    const manifest = flake({ core: { git: core, semver: "^1" }, mine: { follows: "core/log" } });
    const first = await lock({ manifest, fetcher: remotes });
    expect(shown(first)).toEqual({
      core: "1.0.0",
      "core/log": "1.0.0",
      "core/sub": "path",
      "core/sub/log": "1.0.0",
      mine: "-> core/log",
    });
    const asked = remotes.calls.length;
    const second = await lock({ manifest, fetcher: remotes, previous: first });
    expect(renderLock(second)).toBe(renderLock(first));
    expect(remotes.calls).toHaveLength(asked);
    expect(renderLock(await lock({ manifest, previous: first }))).toBe(renderLock(first));
  });

  test("what is not named in an update", async () => {
    const remotes = new MemoryRemotes();
    const logs = remotes.add(log);
    const cores = remotes.add(core);
    logs.release("1.0.0", { "flake.yaml": flakeFile() });
    cores.release("1.0.0", { "flake.yaml": flakeFile({ log: { git: log, ref: "main" } }) });
    const manifest = flake({ core: { git: core, semver: "^1" }, log: { git: log, ref: "main" } });
    const previous = await lock({ manifest, fetcher: remotes });
    logs.release("1.1.0", { "flake.yaml": flakeFile(), new: "" });
    cores.release("1.1.0", { "flake.yaml": flakeFile({ log: { git: log, ref: "main" } }), new: "" });
    const updated = await lock({ manifest, fetcher: remotes, previous, update: ["core/log"] });
    expect(changed(previous, updated)).toEqual(["core/log"]);
    const all = await lock({ manifest, fetcher: remotes, previous, update: "all" });
    expect(shown(all)).toMatchObject({ core: "1.1.0" });
  });

  test("the commit that a lock of an input has, until it is updated itself; removing a follows brings it back", async () => {
    const remotes = new MemoryRemotes();
    const logs = remotes.add(log);
    const old = logs.commit({ "flake.yaml": flakeFile() });
    const inner = await lockText({ log: { git: log } }, remotes);
    const now = logs.commit({ "flake.yaml": flakeFile(), now: "" });
    remotes.add(core).commit({ "flake.yaml": flakeFile({ log: { git: log } }), "lockfile.json": inner });
    const plain = flake({ core: { git: core }, log: { git: log } });
    const first = await lock({ manifest: plain, fetcher: remotes });
    expect(shown(first)).toMatchObject({ "core/log": old, log: now });
    const moved = await lock({ manifest: plain, fetcher: remotes, previous: first, update: ["core/log"] });
    expect(shown(moved)).toMatchObject({ "core/log": now });
    const following = flake({ core: { git: core, inputs: { log: { follows: "log" } } }, log: { git: log } });
    const followed = await lock({ manifest: following, fetcher: remotes, previous: moved });
    expect(followed.inputs["core/log"]).toEqual({ follows: "log", overriddenBy: "." });
    expect(shown(await lock({ manifest: plain, fetcher: remotes, previous: followed }))).toMatchObject({
      "core/log": old,
    });
  });
});

describe("lockInputs gives a new input", () => {
  test("the version that others keep, if its range allows it", async () => {
    const remotes = new MemoryRemotes();
    const logs = remotes.add(log);
    logs.release("1.0.0", { "flake.yaml": flakeFile() });
    const previous = await lock({ manifest: flake({ log: { git: log, semver: "^1" } }), fetcher: remotes });
    logs.release("1.1.0", { "flake.yaml": flakeFile(), new: "" });
    const inputs = { log: { git: log, semver: "^1" }, more: { git: log, semver: "^1.0" } };
    const manifest = flake({ ...inputs, newer: { git: log, semver: "^1.1" } });
    const locked = await lock({ manifest, fetcher: remotes, previous });
    expect(shown(locked)).toEqual({ log: "1.0.0", more: "1.0.0", newer: "1.1.0" });
  });

  test("nothing of what was below another folder of that name", async () => {
    const remotes = new MemoryRemotes();
    const logs = remotes.add(log);
    logs.commit({ "flake.yaml": flakeFile() });
    const sub = flakeFile({ log: { git: log } });
    const local = memoryLocal({ "one/flake.yaml": sub, "two/flake.yaml": sub });
    const previous = await lock({ manifest: flake({ sub: { path: "./one" } }), fetcher: remotes, local });
    const now = logs.commit({ "flake.yaml": flakeFile(), now: "" });
    const manifest = flake({ sub: { path: "./two" } });
    expect(shown(await lock({ manifest, fetcher: remotes, local, previous }))).toEqual({ sub: "path", "sub/log": now });
  });
});

describe("lockInputs refuses", () => {
  test.each([
    ["a range that nothing satisfies", { core: { git: core, semver: "^9" } }, ["no-version"]],
    ["a branch that is not there", { core: { git: core, ref: "nope" } }, ["missing-ref"]],
    ["a commit that is not there", { core: { git: core, rev: "a".repeat(40) } }, ["missing-commit"]],
    ["a name of a branch and a tag", { core: { git: core, ref: "both" } }, ["ambiguous-ref"]],
    ["tags of one version with different commits", { core: { git: core, semver: "3.0.0" } }, ["ambiguous-ref"]],
    ["a repository that does not answer", { core: { git: "https://git.example/nope" } }, ["fetch-failed"]],
    ["to follow nothing", { core: { git: core }, a: { follows: "core/nope" } }, ["missing-follows"]],
    ["to follow in a circle", { a: { follows: "b" }, b: { follows: "a" } }, ["follows-cycle", "follows-cycle"]],
    ["an input that is its own input", { a: { git: "https://git.example/a" } }, ["input-cycle"]],
    ["what is no flake", { bare: { git: "https://git.example/bare" } }, ["bad-flake"]],
    [
      "a file of this machine in the flake of a stranger",
      { x: { git: "https://git.example/x" } },
      ["forbidden-source", "forbidden-source"],
    ],
  ])("%s", async (_title, inputs, expected) => {
    const remotes = new MemoryRemotes();
    const cores = remotes.add(core);
    const first = cores.release("1.0.0", { "flake.yaml": flakeFile() });
    const second = cores.release("3.0.0", { "flake.yaml": flakeFile(), a: "" });
    cores.tag("3.0.0", first);
    cores.tag("both", first);
    cores.branches.set("both", second);
    remotes.add("https://git.example/a").commit({ "flake.yaml": flakeFile({ b: { git: "https://git.example/b" } }) });
    remotes.add("https://git.example/b").commit({ "flake.yaml": flakeFile({ a: { git: "https://git.example/a" } }) });
    remotes.add("https://git.example/bare").commit({ readme: "" });
    remotes.add("https://git.example/x").commit({
      "flake.yaml": flakeFile({ local: { git: "file:///etc" }, out: { path: "../out" } }),
    });
    expect(await codes({ manifest: flake(inputs), fetcher: remotes })).toEqual(expected);
  });

  test("a tag that was moved, unless that is accepted", async () => {
    const remotes = new MemoryRemotes();
    const cores = remotes.add(core);
    cores.release("1.0.0", { "flake.yaml": flakeFile() });
    const manifest = flake({ core: { git: core, semver: "^1" } });
    const previous = await lock({ manifest, fetcher: remotes });
    const moved = cores.commit({ "flake.yaml": flakeFile(), evil: "" });
    cores.tag("v1.0.0", moved);
    expect(await codes({ manifest, fetcher: remotes, previous, update: "all" })).toEqual(["moved-tag"]);
    expect(await codes({ manifest, fetcher: remotes, previous })).toEqual([]);
    const accepted = await lock({ manifest, fetcher: remotes, previous, update: "all", acceptMovedTags: ["core"] });
    expect(accepted.inputs["core"]).toMatchObject({ commit: moved });
  });

  test("to fetch where it may not, and names what is stale", async () => {
    const remotes = new MemoryRemotes();
    remotes.add(core).release("1.0.0", { "flake.yaml": flakeFile() });
    const previous = await lock({ manifest: flake({ core: { git: core, semver: "^1" } }), fetcher: remotes });
    expect(await codes({ manifest: flake({ core: { git: core, semver: "^1.0" } }), previous })).toEqual(["stale-lock"]);
    expect(await codes({ manifest: flake({}), previous })).toEqual(["stale-lock"]);
    expect(
      await codes({ manifest: flake({ x: { follows: "core" }, core: { git: core, semver: "^1" } }), previous }),
    ).toEqual(["stale-lock"]);
  });

  test("an update of what is not there, and warns of overrides of nothing", async () => {
    const remotes = new MemoryRemotes();
    remotes.add(core).release("1.0.0", { "flake.yaml": flakeFile() });
    const manifest = flake({ core: { git: core, inputs: { nope: { follows: "core" } } } });
    expect(await codes({ manifest, fetcher: remotes, update: ["cor"] })).toEqual(["unknown-input", "unknown-input?"]);
  });
});
