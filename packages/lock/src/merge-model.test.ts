import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InputPath, joinInputPath, parentPath } from "@firn/input";
import {
  emptyLock,
  findPin,
  isGitPin,
  type Lockfile,
  mergeConflicted,
  mergeDriver,
  parseLock,
  type Pin,
  renderLock,
} from "@firn/lock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Real merges by git of the locks of made-up flakes, compared with the lock of the combined change.
const trials = Number(process.env["FIRN_MERGE_TRIALS"] ?? 300);
const seed = Number(process.env["FIRN_MERGE_SEED"] ?? 7);

const repositories = Array.from({ length: 12 }, (_, index) => `r${index}`);
const versionCount = 4;

/** What each version of each repository depends on, and the inputs of the root, by name: numbers of versions. */
type Wants = ReadonlyMap<string, number>;
type Graph = ReadonlyMap<string, Wants>;
type Random = (below: number) => number;

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomFrom(start: number): Random {
  let state = BigInt(start) + 1n;
  return (below) => {
    state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
    return Number((state >> 33n) % BigInt(below));
  };
}

const pick = <Value>(values: readonly Value[], random: Random): Value => {
  const value = values[random(values.length)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
};

/** A repository depends on later ones only, so that there is no cycle. */
function makeGraph(random: Random): Graph {
  const versions = repositories.flatMap((name, index) =>
    Array.from({ length: versionCount }, (_, version) => ({ name, version, later: repositories.slice(index + 1) })),
  );
  return new Map(
    versions.map(({ name, version, later }) => {
      const count = later.length === 0 ? 0 : random(3);
      const wants = Array.from({ length: count }, () => [pick(later, random), random(versionCount)] as const);
      return [`${name}@${version}`, new Map(wants)];
    }),
  );
}

function pinOf(name: string, version: number): Pin {
  const digits = (what: string) =>
    Buffer.from(`${what} ${name} ${version}`).toString("hex").padEnd(40, "0").slice(0, 40);
  return {
    want: { git: `https://git.example/${name}`, semver: `1.${version}.0` },
    version: `1.${version}.0`,
    tag: `v1.${version}.0`,
    tagObject: null,
    commit: digits("commit"),
    tree: digits("tree"),
    integrity: `sha256-${Buffer.from(digits("nar").slice(0, 32)).toString("base64")}`,
  };
}

/** Locks from nothing, or from a lock: pins of what is still asked for stay, and tell what is below them. */
function lockFrom(graph: Graph, root: Wants, previous?: { lock: Lockfile; unsettled: readonly InputPath[] }): Lockfile {
  const inputs: Record<InputPath, Pin> = {};
  const visit = (above: InputPath, wants: Wants): void => {
    for (const [name, version] of wants) {
      const path = joinInputPath(above, name);
      const old = previous && findPin(previous.lock, path);
      const isKept = old !== undefined && isGitPin(old) && old.version === `1.${version}.0`;
      inputs[path] = isKept ? old : pinOf(name, version);
      const mustRead = !isKept || previous?.unsettled.some((one) => parentPath(one) === path) === true;
      visit(path, mustRead ? (graph.get(`${name}@${version}`) ?? new Map()) : wantsBelow(path, previous?.lock));
    }
  };
  visit("", root);
  return { ...emptyLock, inputs };
}

function wantsBelow(path: InputPath, lock: Lockfile | undefined): Wants {
  const below = Object.entries(lock?.inputs ?? {}).filter(([one]) => parentPath(one) === path);
  return new Map(
    below.map(([one, pin]) => [
      one.slice(path.length + 1),
      Number(isGitPin(pin) ? pin.version?.split(".")[1] : undefined),
    ]),
  );
}

/** Bumps, adds or removes an input of the root; undefined removes. */
function makeChange(root: Wants, names: readonly string[], random: Random): readonly [string, number | undefined] {
  const name = pick(names, random);
  const old = root.get(name);
  if (old === undefined) return [name, random(versionCount)];
  return [name, random(3) === 0 ? undefined : (old + 1 + random(versionCount - 1)) % versionCount];
}

function applyChange(root: Wants, [name, version]: readonly [string, number | undefined]): Wants {
  const rest = [...root].filter(([one]) => one !== name);
  return new Map(version === undefined ? rest : [...rest, [name, version]]);
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-merge-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function mergeByGit(texts: { base: string; ours: string; theirs: string }, options: readonly string[]) {
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const { status, stdout } = spawnSync("git", ["merge-file", "-p", ...options, "ours", "base", "theirs"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status === null || status > 127) throw new Error("git could not run");
  return { isClean: status === 0, text: stdout };
}

/** One trial: what was locked, by both and together, and texts. */
function makeTrial(random: Random, isSameInput: boolean) {
  const graph = makeGraph(random);
  const shuffled = repositories.map((name) => [random(1e6), name] as const).toSorted(([a], [b]) => a - b);
  const root: Wants = new Map(shuffled.slice(0, 5).map(([, name]) => [name, random(versionCount)]));
  const one = makeChange(root, repositories, random);
  const names = isSameInput ? [one[0]] : repositories.filter((name) => name !== one[0]);
  const other = makeChange(root, names, random);
  const render = (wants: Wants) => renderLock(lockFrom(graph, wants));
  const [mine, yours] = [applyChange(root, one), applyChange(root, other)];
  const texts = { base: render(root), ours: render(mine), theirs: render(yours) };
  // Where both changed the same input, whoever merges flake.yaml chose ours.
  const together = isSameInput ? mine : applyChange(mine, other);
  const relock = (merged: { lock: Lockfile; unsettled: readonly InputPath[] }) =>
    renderLock(lockFrom(graph, together, merged));
  return { texts, expected: render(together), relock };
}

const file = "lockfile.json";

/** Merges by git, in the style given; what it could not merge, by ourselves. */
function settle({ texts, relock }: ReturnType<typeof makeTrial>, style: readonly string[]) {
  const { isClean, text } = mergeByGit(texts, style);
  const { lock, unsettled } = mergeConflicted(text, { file });
  return { isClean, text, settled: lock && relock({ lock, unsettled }) };
}

describe("a rendered lock, merged by git", () => {
  test("is clean and right in four of five merges, and never clean but wrong", { timeout: 600_000 }, () => {
    const random = randomFrom(seed);
    let clean = 0;
    const wrong: number[] = [];
    for (let index = 0; index < trials; index++) {
      const trial = makeTrial(random, false);
      const { isClean, text } = mergeByGit(trial.texts, []);
      if (isClean) clean++;
      if (isClean && text !== trial.expected) wrong.push(index);
    }
    expect(wrong).toStrictEqual([]);
    expect(clean / trials).toBeGreaterThanOrEqual(0.8);
  });
});

describe("what git cannot merge", () => {
  test.each([
    ["without the base", []],
    ["with the base", ["--diff3"]],
    ["with less of the base", ["--zdiff3"]],
  ] as const)("mergeConflicted and locking settle, %s", { timeout: 600_000 }, (_, style) => {
    const random = randomFrom(seed + 1);
    let conflicts = 0;
    const wrong: number[] = [];
    for (let index = 0; index < trials / 3; index++) {
      const trial = makeTrial(random, index % 2 === 0);
      const { isClean, settled } = settle(trial, style);
      if (!isClean) conflicts++;
      if (!isClean && settled !== trial.expected) wrong.push(index);
    }
    expect(wrong).toStrictEqual([]);
    expect(conflicts).toBeGreaterThan(trials / 30);
  });

  test(
    "mergeDriver merges without anything left open where the inputs are different ones",
    { timeout: 600_000 },
    () => {
      const random = randomFrom(seed);
      for (let index = 0; index < trials; index++) {
        const { texts, expected } = makeTrial(random, false);
        expect(mergeDriver(texts, { file })).toStrictEqual({ text: expected, unsettled: [], diagnostics: [] });
      }
    },
  );

  test("mergeDriver and locking settle where both changed the same input", { timeout: 600_000 }, () => {
    const random = randomFrom(seed);
    let open = 0;
    for (let index = 0; index < trials; index++) {
      const { texts, expected, relock } = makeTrial(random, true);
      const { text = "", unsettled } = mergeDriver(texts, { file });
      if (unsettled.length > 0) open++;
      const { lock } = parseLock(text, { file });
      expect(lock && relock({ lock, unsettled })).toBe(expected);
    }
    expect(open).toBeGreaterThan(trials / 3);
  });
});
