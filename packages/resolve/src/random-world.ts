import { renderLock } from "@firn/lock";
import { flake, flakeFile, tryLock } from "./lock-scenario.ts";
import { MemoryRemotes, type MemoryRepository } from "./testing.ts";

/** Says which kind of world is made. */
export interface WorldOptions {
  /** Whether inputs ask for ranges of versions too, and not for branches alone. */
  readonly hasRanges: boolean;
  /** Whether inputs may come with locks of their own. */
  readonly hasLocks: boolean;
}

/** An entry below `inputs`, as it is written. */
type Entry = Record<string, unknown>;

/** The inputs of a flake, as they are written. */
export type Entries = Record<string, Entry>;

const ranges = ["^1", "~1.1", ">=1.1", "1.x", "^1.1 || ^2", "^2", "*"] as const;

/** Repositories that ask for each other, made from a row of numbers. Lower ones ask for higher ones only, so that there is no circle. */
export class RandomWorld {
  readonly remotes: MemoryRemotes = new MemoryRemotes();
  readonly #repositories: readonly MemoryRepository[];
  readonly #tape: readonly number[];
  readonly #options: WorldOptions;
  /** Inputs of the newest flake of each repository. */
  readonly #newest: Entries[] = [];
  readonly #releases: number[];
  #at = 0;

  private constructor(tape: readonly number[], options: WorldOptions, size = 5) {
    this.#tape = tape;
    this.#options = options;
    this.#releases = Array.from({ length: size }, () => 0);
    this.#repositories = this.#releases.map((_, index) => this.remotes.add(addressOf(index)));
  }

  /** Makes a world whose repositories have a few versions each, so that every range finds one. */
  static async make(tape: readonly number[], options: WorldOptions): Promise<RandomWorld> {
    const world = new RandomWorld(tape, options);
    const indexes = [...world.#repositories.keys()].toReversed();
    for (const index of [...indexes, ...indexes, ...indexes]) await world.release(index);
    for (let more = 0; more < indexes.length; more++) await world.release();
    return world;
  }

  /** Takes the next number below a limit. */
  next(limit: number): number {
    const value = this.#tape[this.#at++ % this.#tape.length] ?? 0;
    return (value + this.#at) % limit;
  }

  /** Publishes a new version of a repository, of any unless told which. */
  async release(index: number = this.next(this.#repositories.length)): Promise<void> {
    const inputs = this.entries(index + 1);
    const count = this.#releases[index] ?? 0;
    this.#releases[index] = count + 1;
    const hasLock = this.#options.hasLocks && this.next(2) === 0;
    const { lock } = hasLock ? await tryLock({ manifest: flake(inputs), fetcher: this.remotes }) : { lock: undefined };
    this.#newest[index] = inputs;
    this.#repositories[index]?.release(versionOf(count), {
      "flake.yaml": flakeFile(inputs),
      count: `${count}`,
      ...(lock !== undefined && { "lockfile.json": renderLock(lock) }),
    });
  }

  /** Makes inputs that ask for repositories from a number on. */
  entries(from: number): Entries {
    const targets = [...this.#repositories.keys()].filter((index) => index >= from);
    const chosen = targets.filter(() => this.next(2) === 0).slice(0, 3);
    return Object.fromEntries(chosen.map((target) => [nameOf(target), this.#entry(target, 2, chosen)]));
  }

  /** Makes an input that asks for a repository, and may override some of its inputs. */
  #entry(target: number, depth: number, siblings: readonly number[]): Entry {
    const overridden = Object.keys(this.#newest[target] ?? {}).filter(() => depth > 0 && this.next(4) === 0);
    const inputs = Object.fromEntries(overridden.map((name) => [name, this.#override(name, depth - 1, siblings)]));
    return { ...this.#source(target), ...(overridden.length > 0 && { inputs }) };
  }

  #override(name: string, depth: number, siblings: readonly number[]): Entry {
    const target = Number(name.slice(1));
    const kind = this.next(4);
    if (kind === 0) return this.#source(Math.min(target + 1, this.#repositories.length - 1));
    if (kind === 1) return { follows: nameOf(siblings[this.next(siblings.length)] ?? target) };
    return this.#entry(target, depth, siblings);
  }

  #source(target: number): Entry {
    const git = addressOf(target);
    const kind = this.next(this.#options.hasRanges ? 3 : 1);
    if (kind === 0) return this.next(2) === 0 ? { git } : { git, ref: "main" };
    return { git, semver: ranges[this.next(ranges.length)] };
  }
}

function addressOf(index: number): string {
  return `https://git.example/p${index}`;
}

function nameOf(index: number): string {
  return `p${index}`;
}

/** Counts versions such that every range above has one after three releases. */
function versionOf(count: number): string {
  return ["1.0.0", "2.0.0", "1.1.0", "1.1.1", "2.1.0"][count] ?? `1.${count}.0`;
}
