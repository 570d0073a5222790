import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Closure,
  emptyLock,
  findClosure,
  findSource,
  type Lockfile,
  mergeConflicted,
  mergeDriver,
  packageLockOf,
  parseLock,
  renderLock,
} from "@firn/lock";
import type { ClosureMember } from "@firn/package-manager";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Real merges by git of the locks of made-up fleets: whatever comes of them, no closure may be taken for locked that is not.
const trials = Number(process.env["FIRN_MERGE_TRIALS"] ?? 150);
const seed = Number(process.env["FIRN_MERGE_SEED"] ?? 7);

type Random = (below: number) => number;

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomFrom(start: number): Random {
  let state = BigInt(start) + 1n;
  return (below) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number((state >> 33n) % BigInt(below));
  };
}

/** What hosts ask for, by name, and the number of the state that the source is in. */
interface Fleet {
  readonly state: number;
  readonly hosts: ReadonlyMap<string, readonly string[]>;
}

const names = Array.from({ length: 30 }, (_, index) => `p${index}`);
const dateOf = (state: number) => `2026-11-${String(state + 1).padStart(2, "0")}T00:00:00Z`;
const hashOf = (text: string) => Buffer.from(text).toString("hex").padEnd(64, "0").slice(0, 64);

/** A package needs two that come after it, and has a new version in every third state. */
function needsOf(name: string): string[] {
  const index = names.indexOf(name);
  return [2 * index + 1, 2 * index + 5].flatMap((each) => names[each] ?? []);
}

function memberOf(name: string, state: number, neededBy: string | undefined): ClosureMember {
  const version = `1.${Math.floor((state + names.indexOf(name)) / 3)}`;
  const pin = { name, version, architecture: "amd64", source: "debian", sha256: hashOf(`${name} ${version}`) };
  return { ...pin, size: 1000, path: `pool/${name}_${version}.deb`, ...(neededBy !== undefined && { neededBy }) };
}

function resolve(asked: readonly string[], state: number): Closure {
  const found = new Map<string, string | undefined>(asked.map((name) => [name, undefined]));
  // A map goes on over what is added to it meanwhile.
  for (const name of found.keys()) {
    for (const need of needsOf(name)) if (!found.has(need)) found.set(need, name);
  }
  const packages = [...found].map(([name, neededBy]) => memberOf(name, state, neededBy));
  return {
    architecture: "amd64",
    sources: [{ name: "debian", isOnRequest: false, date: dateOf(state) }],
    asked: asked.map((name) => ({ name })),
    excluded: [],
    packages: packages.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

function lockOf({ hosts, state }: Fleet): Lockfile {
  const want = { manager: "apt", address: "http://a.example/d", architectures: ["amd64"], keys: ["0F".repeat(20)] };
  const lists = { "dists/s/InRelease": { sha256: hashOf(`list ${state}`), size: 10 } };
  const pin = { want: { ...want, parts: { suites: ["s"] } }, date: dateOf(state), lists };
  const closures = [...hosts].map(([name, asked]) => [name, resolve(asked, state)] as const);
  return { ...emptyLock, ...packageLockOf(new Map([["debian", pin]]), new Map(closures)) };
}

function pickSome(random: Random, count: number): string[] {
  return names.filter(() => random(names.length) < count);
}

function makeFleet(random: Random): Fleet {
  const hosts = ["db", "mail", "web"].slice(0, 1 + random(3)).map((name) => [name, pickSome(random, 4)] as const);
  return { state: random(4), hosts: new Map(hosts) };
}

/** What somebody does on a branch: a host asks for other packages, comes or goes, or the source moves. */
function change({ hosts, state }: Fleet, random: Random): Fleet {
  const kind = random(4);
  if (kind === 0) return { hosts, state: state + 1 + random(3) };
  const name = ["db", "mail", "web", "zoo"][random(4)] ?? "db";
  const others = [...hosts].filter(([one]) => one !== name);
  const asked = hosts.get(name);
  if (kind === 1)
    return { state, hosts: new Map(asked === undefined ? [...hosts, [name, pickSome(random, 4)]] : others) };
  const extra = names[random(names.length)] ?? "";
  const now = (asked ?? []).includes(extra) ? (asked ?? []).filter((one) => one !== extra) : [...(asked ?? []), extra];
  return { state, hosts: new Map([...others, [name, now.toSorted()]]) };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-merge-packages-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function mergeByGit(texts: { base: string; ours: string; theirs: string }, options: readonly string[]): string {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const args = ["merge-file", "-p", ...options, "ours", "base", "theirs"];
  const { status, stdout } = spawnSync("git", args, { cwd: folder, encoding: "utf8" });
  if (status === null || status > 127) throw new Error("git could not run");
  return stdout;
}

/** Lists the closures that look as if they were locked at the state that the source has, and are not what a lock would have. */
function wrongClosures(lock: Lockfile): string[] {
  const date = findSource(lock, "debian")?.date;
  return Object.keys(lock.closures).filter((name) => {
    const closure = findClosure(lock, name);
    if (closure === undefined || closure.sources[0]?.date !== date) return false;
    const state = Number(date?.slice(8, 10)) - 1;
    const right = resolve(
      closure.asked.map((one) => one.name),
      state,
    );
    return (
      JSON.stringify(closure) !== JSON.stringify({ ...right, packages: closure.packages }) ||
      JSON.stringify(right.packages.map(plain)) !== JSON.stringify(closure.packages.map(plain))
    );
  });
}

const plain = ({ name, version, sha256, neededBy = "" }: ClosureMember) => [name, version, sha256, neededBy];

/** Makes two branches of a fleet. */
function makeTrial(random: Random) {
  const base = makeFleet(random);
  const [ours, theirs] = [change(base, random), change(base, random)];
  const render = (fleet: Fleet) => renderLock(lockOf(fleet));
  return { base: render(base), ours: render(ours), theirs: render(theirs) };
}

describe("locks of packages, merged by git", () => {
  test.each([
    ["without the base", []],
    ["with the base", ["--diff3"]],
    ["with less of the base", ["--zdiff3"]],
  ] as const)("mergeConflicted takes no closure for locked that is not, %s", { timeout: 600_000 }, (_, style) => {
    const random = randomFrom(seed);
    const wrong: unknown[] = [];
    let kept = 0;
    for (let index = 0; index < trials; index++) {
      const { lock, diagnostics } = mergeConflicted(mergeByGit(makeTrial(random), style), { file: "l" });
      if (lock === undefined) wrong.push([index, diagnostics[0]?.why]);
      else wrong.push(...wrongClosures(lock).map((name) => [index, name]));
      kept += Object.keys(lock?.closures ?? {}).length;
    }
    expect(wrong).toStrictEqual([]);
    // A merge that lost everything would be right, and of no use.
    expect(kept).toBeGreaterThan(trials);
  });

  test("mergeDriver gives a lock that can be read, and no closure that is wrong", { timeout: 600_000 }, () => {
    const random = randomFrom(seed + 1);
    for (let index = 0; index < trials; index++) {
      const { text = "" } = mergeDriver(makeTrial(random), { file: "l" });
      const { lock = emptyLock, diagnostics } = parseLock(text, { file: "l" });
      expect(diagnostics).toStrictEqual([]);
      expect(wrongClosures(lock)).toStrictEqual([]);
    }
  });
});
