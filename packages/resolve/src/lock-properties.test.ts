import { parseFlake } from "@firn/flake-file";
import { type InputDeclaration, type InputPath, isAtOrBelow, isGitRequirement, joinInputPath } from "@firn/input";
import { emptyLock, isGitPin, type Lockfile, type Pin, renderLock } from "@firn/lock";
import type { Fetcher, LockRequest, Outcome } from "@firn/resolve";
import * as fc from "fast-check";
import { satisfies } from "semver";
import { expect, test } from "vitest";
import { changed, flake, type Scenario, tryLock } from "./lock-scenario.ts";
import { type Entries, RandomWorld, type WorldOptions } from "./random-world.ts";

// Two hundred worlds take longer than most tests, on a busy machine much longer.
const slow = { timeout: 120_000 };

const tape = fc.array(fc.nat(9999), { minLength: 60, maxLength: 60 });
const kinds: readonly WorldOptions[] = [
  { hasRanges: false, hasLocks: true },
  { hasRanges: true, hasLocks: true },
  { hasRanges: true, hasLocks: false },
];

/** Checks something of 200 worlds, the same ones each time. */
function checkWorlds(
  options: WorldOptions | undefined,
  check: (world: RandomWorld, entries: Entries) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(tape, fc.nat(2), async (numbers, kind) => {
    const world = await RandomWorld.make(numbers, options ?? kinds[kind] ?? { hasRanges: true, hasLocks: true });
    await check(world, world.entries(0));
  });
  return fc.assert(property, { numRuns: 200, seed: 3 });
}

/** Locks; there may be warnings of overrides of nothing. */
async function lockOf(scenario: Scenario): Promise<Lockfile> {
  const { lock, diagnostics } = await tryLock(scenario);
  if (lock === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return lock;
}

/** Lets answers come late, and in another order than they were asked for. */
function shuffle(fetcher: Fetcher, world: RandomWorld): Fetcher {
  async function late<Value>(answer: Promise<Outcome<Value>>): Promise<Outcome<Value>> {
    for (let turns = world.next(8); turns > 0; turns--) await Promise.resolve();
    return answer;
  }
  return {
    listRefs: (source) => late(fetcher.listRefs(source)),
    fetchTree: (request) => late(fetcher.fetchTree(request)),
  };
}

test("lockInputs asks nothing and changes nothing when it is run again", slow, async () => {
  await checkWorlds(undefined, async ({ remotes: fetcher }, entries) => {
    const manifest = flake(entries);
    const previous = await lockOf({ manifest, fetcher });
    const asked = fetcher.calls.length;
    expect(renderLock(await lockOf({ manifest, fetcher, previous }))).toBe(renderLock(previous));
    expect(fetcher.calls).toHaveLength(asked);
    expect(renderLock(await lockOf({ manifest, previous }))).toBe(renderLock(previous));
  });
});

test("lockInputs gives the same bytes in whatever order answers come", slow, async () => {
  await checkWorlds(undefined, async (world, entries) => {
    const manifest = flake(entries);
    const once = await tryLock({ manifest, fetcher: world.remotes });
    const again = await tryLock({ manifest, fetcher: shuffle(world.remotes, world) });
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });
});

test("lockInputs changes nothing but what is updated and what is below it", slow, async () => {
  let moved = 0;
  await checkWorlds(undefined, async (world, entries) => {
    const { remotes: fetcher } = world;
    const manifest = flake(entries);
    const previous = await lockOf({ manifest, fetcher });
    for (let more = 0; more < 4; more++) await world.release();
    for (const path of Object.keys(previous.inputs)) {
      const updated = await lockOf({ manifest, fetcher, previous, update: [path] });
      const differing = changed(previous, updated);
      expect(differing.filter((each) => !isAtOrBelow(each, path))).toEqual([]);
      expect(updated).toEqual(await expected(world, entries, updated));
      moved += differing.length;
    }
  });
  expect(moved).toBeGreaterThan(200);
});

test("lockInputs forgets what a flake.yaml once said", slow, async () => {
  await checkWorlds({ hasRanges: false, hasLocks: true }, async (world, entries) => {
    const { remotes: fetcher } = world;
    let previous = await lockOf({ manifest: flake(entries), fetcher });
    for (let edit = 0; edit < 4; edit++) {
      const manifest = flake({ ...entries, ...world.entries(world.next(3)) });
      previous = await lockOf({ manifest, fetcher, previous });
      expect(renderLock(previous)).toBe(renderLock(await lockOf({ manifest, fetcher })));
    }
  });
});

test("lockInputs makes of the pins that stay what it would make of them alone", slow, async () => {
  await checkWorlds(undefined, async (world, entries) => {
    const { remotes: fetcher } = world;
    let previous = await lockOf({ manifest: flake(entries), fetcher });
    for (let edit = 0; edit < 3; edit++) {
      await world.release();
      const request: LockRequest & Scenario = {
        manifest: flake({ ...entries, ...world.entries(world.next(3)) }),
        fetcher,
        previous,
        local: { readTree: () => Promise.resolve({ diagnostics: [] }) },
      };
      const next = await lockOf(request);
      const differing = changed(previous, next);
      const kept = Object.entries(previous.inputs).filter(
        ([path]) => !differing.some((each) => isAtOrBelow(path, each)),
      );
      const alone: Lockfile = { ...emptyLock, inputs: Object.fromEntries(kept) };
      const unsettled = differing.filter((path) => Object.hasOwn(next.inputs, path));
      expect(renderLock(await lockOf({ ...request, previous: alone, unsettled }))).toBe(renderLock(next));
      expect(next).toEqual(await expected(world, entries, next, request.manifest.inputs));
      previous = next;
    }
  });
});

test("lockInputs has one version of a package wherever one satisfies all that ask for it", slow, async () => {
  let shared = 0;
  await checkWorlds({ hasRanges: true, hasLocks: false }, async ({ remotes: fetcher }, entries) => {
    const { inputs } = await lockOf({ manifest: flake(entries), fetcher });
    const asking = Object.values(inputs).filter(isVersion);
    expect(asking.filter(({ version, want }) => !satisfies(version, want.semver))).toEqual([]);
    for (const git of new Set(asking.map(({ want }) => want.git))) {
      const pins = asking.filter(({ want }) => want.git === git);
      const { value } = await fetcher.listRefs({ git, mirrors: [] });
      const versions = [...(value?.tags.keys() ?? [])].map((tag) => tag.slice(1));
      const common = versions.filter((version) => pins.every(({ want }) => satisfies(version, want.semver)));
      expect(common.length === 0 || new Set(pins.map(({ version }) => version)).size === 1).toBe(true);
      shared += pins.length > 1 && common.length > 0 ? 1 : 0;
    }
  });
  expect(shared).toBeGreaterThan(50);
});

interface VersionPin {
  readonly version: string;
  readonly want: { readonly git: string; readonly semver: string };
}

function isVersion(pin: Pin): pin is Pin & VersionPin {
  return isGitPin(pin) && isGitRequirement(pin.want) && pin.want.semver !== undefined && pin.version !== undefined;
}

/** Builds from the flakes at the pinned commits what a lock must have, in the plainest way, to compare paths and wants. */
async function expected(
  { remotes }: RandomWorld,
  entries: Entries,
  lock: Lockfile,
  inputs: Readonly<Record<string, InputDeclaration>> = flake(entries).inputs,
): Promise<Lockfile> {
  const pins: Record<InputPath, Pin> = {};
  type Word = readonly [InputDeclaration, InputPath];
  async function visit(path: InputPath, declared: Readonly<Record<string, InputDeclaration>>, words: readonly Word[]) {
    for (const [name, own] of Object.entries(declared)) {
      const below = joinInputPath(path, name);
      const outer = words.flatMap(([word, by]): Word[] =>
        word.inputs[name] === undefined ? [] : [[word.inputs[name], by]],
      );
      const speakers: Word[] = [...outer, [own, path]];
      const [said, by] = speakers.find(([word]) => word.want ?? word.follows) ?? [own, path];
      const who = by === path ? {} : { overriddenBy: by === "" ? "." : by };
      const pin = lock.inputs[below];
      if (said.want === undefined) {
        pins[below] = { follows: joinInputPath(by, said.follows ?? ""), ...who };
      } else if (pin !== undefined && isGitPin(pin) && isGitRequirement(said.want)) {
        const { overriddenBy: _by, ...rest } = pin;
        pins[below] = { ...rest, want: said.want, ...who };
        const source = { git: said.want.git, mirrors: [] };
        const tree = await remotes.fetchTree({ source, commit: pin.commit, dir: "", submodules: false });
        const { manifest } = parseFlake(tree.value?.flakeFile ?? "", { file: below, role: "input" });
        await visit(below, manifest.inputs, speakers);
      }
    }
  }
  await visit("", inputs, []);
  return { ...emptyLock, inputs: pins };
}
