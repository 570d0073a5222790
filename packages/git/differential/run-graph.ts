import { rmSync } from "node:fs";
import { join } from "node:path";
import { emptyLock, type GitPin, renderLock } from "@firn/lock";
import type { Fetcher } from "@firn/resolve";
import { type Comparison, findDifferences } from "./compare.ts";
import { type Divergence, divergences } from "./divergences.ts";
import { firstManifest, type Step, takeStep } from "./edit.ts";
import { lockPair, type Locks } from "./lock-pair.ts";
import type { Manifest } from "./manifest.ts";
import type { Nix } from "./nix.ts";
import { projectNix, type Side } from "./projection.ts";
import { Random } from "./random.ts";
import type { Repository } from "./repository.ts";
import { type FlakeContent, World } from "./world.ts";

/** What to run, and with what. */
export interface GraphTask {
  readonly seed: number;
  /** Random steps after the first lock. */
  readonly steps: number;
  /** Folder to work in; it is removed at the end. */
  readonly folder: string;
  readonly nix: Nix;
  /** Opens the repositories for Firn, for one lock: answers may be remembered until it ends. */
  open(repositories: readonly Repository[]): Fetcher;
}

/** What a run compared and found. */
export interface GraphReport {
  /** Pairs of locks that were compared, those of dependencies among them. */
  readonly pairs: number;
  /** Input paths that were compared. */
  readonly paths: number;
  /** Steps that both tools refused. */
  readonly refused: number;
  /** How often known divergences were met, by name. */
  readonly met: ReadonlyMap<string, number>;
}

/**
 * Builds a random graph of repositories, and locks a flake with both tools through
 * random steps.
 *
 * @throws Error that says how to repeat it, where they differ in what no known divergence explains
 */
export async function runGraph(task: GraphTask): Promise<GraphReport> {
  try {
    return await new GraphRun(task).run();
  } finally {
    rmSync(task.folder, { recursive: true, force: true });
  }
}

/** What came of one comparison: locks to go on from, unless the tools differ or refused. */
interface Compared {
  readonly differs: boolean;
  readonly locks?: Locks;
}

class GraphRun {
  readonly #task: GraphTask;
  readonly #world: World;
  readonly #met = new Map<string, number>();
  #title = "build";
  #pairs = 0;
  #paths = 0;
  #refused = 0;

  constructor(task: GraphTask) {
    this.#task = task;
    this.#world = new World(task.folder, new Random(task.seed));
  }

  async run(): Promise<GraphReport> {
    const makeLocks = this.#makeLocks.bind(this);
    await this.#world.build(makeLocks);
    let manifest = firstManifest(this.#world);
    let locks = (await this.#settle({ title: "first lock", manifest }, {})) ?? {};
    for (let count = 1; count <= this.#task.steps; count++) {
      this.#title = `${count}`;
      const pins = Object.entries(locks.firn?.inputs ?? {});
      const paths = pins.filter(([, pin]) => "commit" in pin).map(([path]) => path);
      const step = await takeStep(this.#world, { manifest, paths }, makeLocks);
      this.#title = `${count} (${step.title})`;
      const next = await this.#settle(step, locks);
      if (next === undefined) continue;
      locks = next;
      ({ manifest } = step);
    }
    return { pairs: this.#pairs, paths: this.#paths, refused: this.#refused, met: this.#met };
  }

  /**
   * Locks a step. Gives the locks to go on from; nothing if the step is to be
   * forgotten, because both refused it, or differ on it even from scratch.
   */
  async #settle(step: Step, before: Locks): Promise<Locks | undefined> {
    const { differs, locks } = await this.#compare("root", step, before);
    if (!differs) return locks;
    // What was met may depend on the past: without one they may agree, and go on together.
    return (await this.#compare("root", { title: step.title, manifest: step.manifest }, {})).locks;
  }

  async #makeLocks(manifest: Manifest, before?: FlakeContent["locks"]): Promise<FlakeContent["locks"]> {
    const locks: Locks =
      before === undefined ? {} : { nix: before.nix, firn: { ...emptyLock, ...JSON.parse(before.firn) } };
    const made = (await this.#compare("dependency", { title: "dependency", manifest }, locks)).locks;
    if (made?.nix === undefined || made.firn === undefined) return undefined;
    return { nix: made.nix, firn: renderLock(made.firn) };
  }

  async #compare(name: string, step: Step, before: Locks): Promise<Compared> {
    const { nix, folder, open } = this.#task;
    const { repositories } = this.#world;
    const bench = { nix, repositories, fetcher: open(repositories), folder: join(folder, name) };
    const pair = await lockPair(bench, { ...step, before });
    const comparison = { ...pair, nix: this.#peel(pair.nix), world: this.#world, step, before };
    this.#pairs += 1;
    this.#paths += pair.firn.paths?.size ?? 0;
    const differences = findDifferences(comparison);
    if (differences.length > 0) this.#note(comparison);
    if (pair.nix.problem !== undefined && pair.firn.problem !== undefined) this.#refused += 1;
    const isBoth = pair.nix.paths !== undefined && pair.firn.paths !== undefined;
    return { differs: differences.length > 0, ...(differences.length === 0 && isBoth && { locks: pair.locks }) };
  }

  /** Nix pins the object of an annotated tag, and Firn the commit: here they are one. */
  #peel(side: Side): Side {
    if (side.paths === undefined) return side;
    const tags = this.#world.repositories.flatMap(({ refs }) => [...refs.tags.values()]);
    const commits = new Map(tags.map(({ tagObject = "", commit }) => [tagObject, commit]));
    return { paths: new Map([...side.paths].map(([path, target]) => [path, commits.get(target) ?? target])) };
  }

  /** Counts the known divergences that explain how the tools differ. */
  #note(comparison: Comparison): void {
    const differences = findDifferences(comparison);
    const known: readonly Divergence[] = divergences;
    const reasons = differences.map((one) => known.find(({ explains }) => explains?.(one, comparison) === true));
    if (reasons.includes(undefined)) throw new Error(this.#describe(comparison, differences.map(String)));
    const names = new Set(reasons.flatMap((reason) => reason?.name ?? []));
    for (const name of names) this.#met.set(name, (this.#met.get(name) ?? 0) + 1);
  }

  #describe({ step, nix, firn, locks, before }: Comparison, differences: readonly string[]): string {
    const { seed, steps } = this.#task;
    return [
      `Cannot explain how nix and Firn differ: seed ${seed}, step ${this.#title}`,
      `Repeat: FIRN_DIFF_SEED=${seed} FIRN_DIFF_GRAPHS=1 FIRN_DIFF_STEPS=${steps}`,
      ...differences,
      `Locked: ${step.title}, update ${JSON.stringify(step.update ?? [])}, flake ${JSON.stringify(step.manifest)}`,
      `nix: ${nix.problem ?? "locked"}`,
      `Firn: ${firn.problem ?? "locked"}`,
      `Before: ${projected(before)}`,
      `After: ${projected(locks)}`,
      ...this.#world.describe(),
    ].join("\n");
  }
}

/** Shows in one line what the tools locked, and what Firn was asked for. */
function projected({ nix, firn }: Locks): string {
  const ofNix = nix === undefined ? "nothing" : JSON.stringify(Object.fromEntries(projectNix(nix)));
  const ofFirn = Object.entries(firn?.inputs ?? {}).map(
    ([path, { tree: _tree, integrity: _integrity, ...pin }]: [string, Partial<GitPin>]) => [path, pin],
  );
  return `nix ${ofNix}, Firn ${JSON.stringify(Object.fromEntries(ofFirn))}`;
}
