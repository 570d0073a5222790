import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderLock } from "@firn/lock";
import { expect, test } from "vitest";
import { divergences } from "./divergences.ts";
import { lockPair, type Pair, type PairTask } from "./lock-pair.ts";
import { type Manifest, renderNix, renderYaml } from "./manifest.ts";
import { openMemory } from "./memory-fetcher.ts";
import { lacksNix, Nix } from "./nix.ts";
import { Repository } from "./repository.ts";
import { makeScratchFolder } from "./scratch-folder.ts";

const leaf = 0;
const middle = 1;
const other = 2;

/** Three repositories, and both tools. */
class Scene {
  readonly repositories: readonly [leaf: Repository, middle: Repository, other: Repository];
  readonly #folder: string;
  readonly #nix: Nix;
  #commits = 0;

  constructor(folder: string) {
    this.#folder = folder;
    this.#nix = new Nix(join(folder, "nix"));
    const make = (name: string): Repository => new Repository(join(folder, name));
    this.repositories = [make("leaf"), make("middle"), make("other")];
  }

  /** Commits a flake on the default branch, with locks as they are made for it if asked. Gives the commit. */
  commit(repository: number, manifest: Manifest = {}, { locks, branch = "master" }: CommitOptions = {}): string {
    const urls = this.repositories.map(({ url }) => url);
    const found = this.repositories[repository];
    if (found === undefined) throw new Error(`no repository ${repository}`);
    return found.commit(branch, {
      data: `${this.#commits++}\n`,
      "flake.nix": renderNix(manifest, urls),
      "flake.yaml": renderYaml(manifest, urls),
      ...(locks?.nix !== undefined && { "flake.lock": locks.nix }),
      ...(locks?.firn !== undefined && { "lockfile.json": renderLock(locks.firn) }),
    });
  }

  /** Locks with both tools. */
  lock(task: PairTask): Promise<Pair> {
    const { repositories } = this;
    return lockPair({ nix: this.#nix, repositories, fetcher: openMemory(repositories), folder: this.#folder }, task);
  }
}

interface CommitOptions {
  readonly locks?: Pair["locks"];
  readonly branch?: string;
}

/** What the tools make of one input: a commit, or a word for what else they do. */
interface Outcome {
  readonly nix: string | undefined;
  readonly firn: string | undefined;
}

/** What a case shows, beside what it must be: the tools differ, and each does what the table says. */
interface Shown {
  readonly found: Outcome;
  readonly expected: Outcome;
}

const asksLeaf: Manifest = { leaf: { want: { repository: leaf, ref: "master" } } };
const viaMiddle: Manifest = { middle: { want: { repository: middle } } };

const at = ({ nix, firn }: Pair, path: string): Outcome => ({ nix: nix.paths?.get(path), firn: firn.paths?.get(path) });

const problems = ({ nix, firn }: Pair): Outcome => ({
  nix: nix.problem === undefined ? "locks" : "refuses",
  firn: firn.problem?.split(":")[0] ?? "locks",
});

type Name = (typeof divergences)[number]["name"];

const cases: Readonly<Record<Name, (scene: Scene) => Promise<Shown>>> = {
  "annotated tag": async (scene) => {
    const commit = scene.commit(leaf);
    const tagObject = scene.repositories[leaf].annotate("v1", commit);
    const pair = await scene.lock({ manifest: { leaf: { want: { repository: leaf, ref: "v1" } } } });
    return { found: at(pair, "leaf"), expected: { nix: tagObject, firn: commit } };
  },

  "override locked again": async (scene) => {
    scene.commit(leaf);
    scene.commit(middle, asksLeaf);
    const old = scene.commit(other);
    const override = { leaf: { want: { repository: other, ref: "master" } } };
    const manifest = { middle: { want: { repository: middle }, inputs: override } };
    const { locks } = await scene.lock({ manifest });
    const newest = scene.commit(other);
    const pair = await scene.lock({ manifest, before: locks });
    return { found: at(pair, "middle/leaf"), expected: { nix: newest, firn: old } };
  },

  "override taken back": async (scene) => {
    const asked = scene.commit(leaf);
    scene.commit(middle, asksLeaf);
    const overriding = scene.commit(other);
    const inputs = { leaf: { want: { repository: other, ref: "master" } } };
    const { locks } = await scene.lock({ manifest: { middle: { want: { repository: middle }, inputs } } });
    const pair = await scene.lock({ manifest: viaMiddle, before: locks });
    return { found: at(pair, "middle/leaf"), expected: { nix: overriding, firn: asked } };
  },

  "follows taken back": async (scene) => {
    const old = scene.commit(leaf);
    const { locks } = await scene.lock({ manifest: asksLeaf });
    scene.commit(middle, asksLeaf, { locks });
    const newest = scene.commit(leaf);
    const middleFollows = { want: { repository: middle }, inputs: { leaf: { follows: "leaf" } } };
    const before = await scene.lock({ manifest: { ...asksLeaf, middle: middleFollows } });
    const pair = await scene.lock({ manifest: { ...asksLeaf, ...viaMiddle }, before: before.locks });
    return { found: at(pair, "middle/leaf"), expected: { nix: newest, firn: old } };
  },

  "input that became another": async (scene) => {
    const old = scene.commit(leaf);
    const { locks } = await scene.lock({ manifest: asksLeaf });
    scene.commit(middle, asksLeaf, { locks });
    scene.commit(other);
    const before = await scene.lock({ manifest: { middle: { want: { repository: other } } } });
    const newest = scene.commit(leaf);
    const pair = await scene.lock({ manifest: viaMiddle, before: before.locks });
    return { found: at(pair, "middle/leaf"), expected: { nix: newest, firn: old } };
  },

  "update without news": async (scene) => {
    const old = scene.commit(leaf);
    scene.commit(middle, asksLeaf);
    const { locks } = await scene.lock({ manifest: viaMiddle });
    scene.commit(other, viaMiddle, { locks });
    const newest = scene.commit(leaf);
    const manifest = { other: { want: { repository: other } } };
    const before = await scene.lock({ manifest });
    const pair = await scene.lock({ manifest, before: before.locks, update: ["other/middle"] });
    return { found: at(pair, "other/middle/leaf"), expected: { nix: newest, firn: old } };
  },

  "flake flag": async (scene) => {
    const commit = scene.commit(leaf);
    scene.commit(middle, asksLeaf);
    const { locks } = await scene.lock({ manifest: viaMiddle });
    const manifest = { middle: { want: { repository: middle, flake: false } } } as const;
    const pair = await scene.lock({ manifest, before: locks });
    return { found: at(pair, "middle/leaf"), expected: { nix: commit, firn: undefined } };
  },

  "flake flag of an override": async (scene) => {
    const commit = scene.commit(leaf);
    scene.commit(other, asksLeaf);
    scene.commit(middle, { below: { want: { repository: leaf } } });
    const inputs = { below: { want: { repository: other, flake: false } } } as const;
    const pair = await scene.lock({ manifest: { middle: { want: { repository: middle }, inputs } } });
    return { found: at(pair, "middle/below/leaf"), expected: { nix: commit, firn: undefined } };
  },

  "circle of follows": async (scene) => {
    const pair = await scene.lock({ manifest: { one: { follows: "two" }, two: { follows: "one" } } });
    return { found: problems(pair), expected: { nix: "locks", firn: "follows-cycle" } };
  },

  "flake below itself": async (scene) => {
    scene.commit(leaf);
    const commit = scene.commit(middle, asksLeaf);
    scene.repositories[middle].moveBranch("same", commit);
    const inputs = { leaf: { want: { repository: middle, ref: "same" } } };
    const pair = await scene.lock({ manifest: { middle: { want: { repository: middle }, inputs } } });
    return { found: problems(pair), expected: { nix: "locks", firn: "input-cycle" } };
  },

  "follows beside an address": async (scene) => {
    const commit = scene.commit(leaf);
    scene.commit(other);
    const both = { want: { repository: other }, follows: "leaf" };
    const pair = await scene.lock({ manifest: { ...asksLeaf, both } });
    return {
      found: { nix: pair.nix.paths?.get("both"), firn: pair.codes[0] },
      expected: { nix: commit, firn: "bad-flake" },
    };
  },

  "override two levels below": async (scene) => {
    scene.commit(leaf);
    const overriding = scene.commit(leaf, {}, { branch: "dev" });
    scene.commit(middle, asksLeaf);
    scene.commit(other, viaMiddle);
    const inputs = { middle: { inputs: { leaf: { want: { repository: leaf, ref: "dev" } } } } };
    const pair = await scene.lock({ manifest: { other: { want: { repository: other }, inputs } } });
    return {
      found: { nix: problems(pair).nix, firn: pair.firn.paths?.get("other/middle/leaf") },
      expected: { nix: "refuses", firn: overriding },
    };
  },

  "override on the command line": async (scene) => {
    const main = scene.commit(leaf);
    scene.commit(middle, asksLeaf);
    const dev = scene.commit(leaf, {}, { branch: "dev" });
    const inputs = { leaf: { want: { repository: leaf, ref: "master" } } };
    const overrides = new Map([["middle/leaf", { repository: leaf, ref: "dev" }]]);
    const pair = await scene.lock({ manifest: { middle: { want: { repository: middle }, inputs } }, overrides });
    return { found: at(pair, "middle/leaf"), expected: { nix: main, firn: dev } };
  },

  "input with changes": async (scene) => {
    const commit = scene.commit(leaf);
    const { folder } = scene.repositories[leaf];
    // Makes an index that git compares with the files; the scene's own one calls them all unchanged.
    rmSync(join(folder, ".git/index"));
    execFileSync("git", ["-C", folder, "add", "--all"]);
    writeFileSync(join(folder, "data"), "changed\n");
    const pair = await scene.lock({ manifest: { leaf: { want: { repository: leaf, flake: false } } } });
    const { nix, firn } = at(pair, "leaf");
    return {
      found: { nix: nix?.slice(0, 7), firn },
      expected: { nix: "sha256-", firn: commit },
    };
  },

  "update of nothing": async (scene) => {
    scene.commit(leaf);
    const { locks } = await scene.lock({ manifest: asksLeaf });
    const pair = await scene.lock({ manifest: asksLeaf, before: locks, update: ["leave"] });
    return { found: problems(pair), expected: { nix: "locks", firn: "unknown-input" } };
  },
};

test.skipIf(lacksNix).each(divergences)(
  "divergence $name is as the table says",
  { timeout: 60_000 },
  async ({ name }) => {
    const folder = makeScratchFolder();
    try {
      const { found, expected } = await cases[name](new Scene(folder));
      expect(found).toEqual(expected);
      expect(expected.nix).not.toBe(expected.firn);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
