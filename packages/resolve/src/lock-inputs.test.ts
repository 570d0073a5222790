import { parseFlake } from "@firn/flake-file";
import { isGitPin, type Lockfile, renderLock } from "@firn/lock";
import { lockInputs, type LockRequest } from "@firn/resolve";
import { memoryLocal, MemoryRemotes } from "@firn/resolve/testing";
import { describe, expect, test } from "vitest";

/** Parses a root flake.yaml from the entries below its `inputs`. */
function flake(inputs: object, more: object = {}) {
  const { manifest, diagnostics } = parseFlake(JSON.stringify({ inputs, ...more }), { file: "flake.yaml" });
  expect(diagnostics).toEqual([]);
  return manifest;
}

/** Text of the flake.yaml of an input. */
function flakeFile(inputs: object = {}, more: object = {}): string {
  return JSON.stringify({ inputs, ...more });
}

async function outcome(request: Partial<LockRequest> & Pick<LockRequest, "manifest">) {
  return lockInputs({ local: memoryLocal(), ...request });
}

/** Locks, and expects no problem. */
async function lock(request: Partial<LockRequest> & Pick<LockRequest, "manifest">): Promise<Lockfile> {
  const { lock: made, diagnostics } = await outcome(request);
  expect(diagnostics).toEqual([]);
  if (made === undefined) throw new Error("There is no lock");
  return made;
}

/** Says what each input became: a version, the start of a commit, or what it follows. */
function shown({ inputs }: Lockfile): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inputs).map(([path, pin]) => [
      path,
      isGitPin(pin) ? (pin.version ?? pin.commit) : "follows" in pin ? `-> ${pin.follows}` : "path",
    ]),
  );
}

async function codes(request: Partial<LockRequest> & Pick<LockRequest, "manifest">): Promise<string[]> {
  const { diagnostics } = await outcome(request);
  return diagnostics.map(({ code, severity }) => (severity === "error" ? code : `${code}?`));
}

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
    expect(
      Object.keys(updated.inputs).filter(
        (path) => JSON.stringify(updated.inputs[path]) !== JSON.stringify(previous.inputs[path]),
      ),
    ).toEqual(["core/log"]);
    const all = await lock({ manifest, fetcher: remotes, previous, update: "all" });
    expect(shown(all)).toMatchObject({ core: "1.1.0" });
  });

  test("the commit that a lock of an input has, until it is updated itself; removing a follows brings it back", async () => {
    const remotes = new MemoryRemotes();
    const logs = remotes.add(log);
    const old = logs.commit({ "flake.yaml": flakeFile() });
    const inner = flake({ log: { git: log } });
    const lockText = renderLock(await lock({ manifest: inner, fetcher: remotes }));
    const now = logs.commit({ "flake.yaml": flakeFile(), now: "" });
    remotes.add(core).commit({ "flake.yaml": flakeFile({ log: { git: log } }), "lockfile.json": lockText });
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
