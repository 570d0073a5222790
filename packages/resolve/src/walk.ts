import type { Diagnostic } from "@firn/diagnostic";
import {
  defaultLimits,
  type FlakeManifest,
  type GitRequirement,
  inputName,
  type InputPath,
  isGitRequirement,
  joinInputPath,
  pathDepth,
  type PathRequirement,
} from "@firn/input";
import { type GitPin, isGitPin } from "@firn/lock";
import { type Ask, askOf } from "./ask.ts";
import { readFlake } from "./read-flake.ts";
import type { Fetcher, InputTree, LocalTree, Outcome } from "./fetcher.ts";
import { type FlakeNode, gitLocation, identityOf, joinFolder, type Location } from "./flake-node.ts";
import { atAsk, badOverride, forbiddenSource, inputCycle, integrityMismatch, tooManyInputs } from "./input-problem.ts";
import { knownBelow, type KnownPins } from "./known-pins.ts";
import type { LockRequest } from "./lock-request.ts";
import { PreviousLock } from "./previous-lock.ts";
import { problemOfSource } from "./source-permission.ts";
import { groupOf, resolveTarget, type TargetContext } from "./resolve-target.ts";
import type { VersionGroup } from "./version-choice.ts";
import { WalkResult } from "./walk-result.ts";

/**
 * Walks the inputs of a flake, level by level, and pins each: by its old pin
 * where that is valid, otherwise by what its repository offers now.
 */
export class Walk {
  readonly #request: LockRequest;
  readonly #fetcher: Fetcher | undefined;
  readonly #groups: ReadonlyMap<string, VersionGroup>;
  readonly #found = new WalkResult();
  /** Flakes whose flake.yaml was read in this pass, so that all that they override is known. */
  readonly #read = new Set<InputPath>();
  readonly #previous: PreviousLock;
  readonly #locations = new Map<InputPath, Location>([["", { kind: "local", folder: "" }]]);

  constructor(request: LockRequest, fetcher: Fetcher | undefined, groups: ReadonlyMap<string, VersionGroup>) {
    this.#request = request;
    this.#fetcher = fetcher;
    this.#groups = groups;
    this.#previous = new PreviousLock(request, { overrides: this.#found.overrides, read: this.#read });
  }

  async run(): Promise<WalkResult> {
    const { manifest } = this.#request;
    const location: Location = { kind: "local", folder: "" };
    let level: readonly FlakeNode[] = [
      {
        path: "",
        isKept: true,
        location,
        chain: [{ path: "", identity: identityOf(location) }],
        known: [],
        asks: this.#readManifest("", { ...manifest, inputs: { ...manifest.inputs, ...manifest.devInputs } }),
      },
    ];
    while (level.length > 0) {
      const asked = level.flatMap((parent) =>
        parent.asks.map((ask) => ({ ask: this.#found.overrides.find(ask.path) ?? ask, parent })),
      );
      if (this.#isTooMuch(asked)) break;
      const below = await Promise.all(asked.map(({ ask, parent }) => this.#resolve(ask, parent)));
      level = below.filter((node) => node !== undefined);
    }
    return this.#found;
  }

  /** Stops at the first input too many: a hostile flake could ask for millions. */
  #isTooMuch(asked: readonly { readonly ask: Ask }[]): boolean {
    const limits = this.#request.limits ?? defaultLimits;
    const left = limits.paths - this.#found.asks.size;
    const excess = asked.find(({ ask }, index) => index >= left || pathDepth(ask.path) > limits.depth);
    if (excess !== undefined) this.#report(excess.ask, [tooManyInputs(excess.ask, limits)]);
    return excess !== undefined;
  }

  #report(ask: Ask, diagnostics: readonly Diagnostic[]): undefined {
    const { path } = ask;
    this.#found.problems.push(...diagnostics.map((diagnostic) => ({ path, diagnostic: atAsk(ask, diagnostic) })));
    return undefined;
  }

  #reportStale(path: InputPath): undefined {
    this.#found.stale.add(path);
    return undefined;
  }

  /** Lists what a flake asks for, and takes in what it says of the inputs of its inputs. */
  #readManifest(path: InputPath, { inputs }: Pick<FlakeManifest, "inputs">): Ask[] {
    this.#read.add(path);
    return Object.entries(inputs).flatMap(([name, declaration]) => {
      const below = joinInputPath(path, name);
      this.#found.overrides.register(below, declaration.inputs, path);
      return askOf(below, declaration, path) ?? [];
    });
  }

  /** Pins one input. Gives the flake that it is, unless it is none, or another input. */
  async #resolve(ask: Ask, parent: FlakeNode): Promise<FlakeNode | undefined> {
    this.#found.asks.set(ask.path, ask);
    const given = this.#request.overrides?.get(ask.path);
    if (given !== undefined && (ask.want === undefined || !isGitRequirement(ask.want))) {
      return this.#report(ask, [badOverride(ask, given, "it is not taken from a repository")]);
    }
    const by = ask.overriddenBy === undefined ? {} : { overriddenBy: ask.overriddenBy };
    if (ask.follows !== undefined) {
      this.#found.pins.set(ask.path, { follows: ask.follows, ...by });
      return undefined;
    }
    const { want } = ask;
    if (want === undefined) return undefined;
    if (isGitRequirement(want)) return this.#resolveGit(ask, want, parent);
    this.#found.pins.set(ask.path, { want, ...by });
    return this.#resolvePath(ask, want, parent);
  }

  async #resolvePath(ask: Ask, want: PathRequirement, parent: FlakeNode): Promise<FlakeNode | undefined> {
    // Paths start at the flake whose words they are.
    const base = this.#locations.get(ask.by) ?? parent.location;
    const folder = joinFolder(base.kind === "local" ? base.folder : base.dir, want.path);
    if (base.kind === "git" && /^\.\.(?:\/|$)/.test(folder)) {
      return this.#report(ask, [
        forbiddenSource(ask, `"${want.path}" leaves its repository`, "Make it an input of its own with git"),
      ]);
    }
    const location: Location = base.kind === "local" ? { kind: "local", folder } : { ...base, dir: folder };
    const isKept = this.#previous.findPin(ask, parent) !== undefined;
    if (location.kind === "git" && isKept && !this.#mustRead(ask)) return this.#enterLocked(ask, location, parent);
    const tree: Outcome<LocalTree> | undefined =
      location.kind === "local" ? await this.#request.local.readTree(folder) : await this.#fetchTree(ask, location);
    if (tree?.value === undefined) return this.#report(ask, tree?.diagnostics ?? []);
    if (want.flake === false) return undefined;
    const known = knownBelow(parent.known, inputName(ask.path), { want });
    return this.#enter(ask, { location, tree: tree.value, parent, isKept, known });
  }

  async #resolveGit(ask: Ask, want: GitRequirement, parent: FlakeNode): Promise<FlakeNode | undefined> {
    const forbidden = problemOfSource(ask, want, this.#request.manifest.transports);
    if (forbidden !== undefined) return this.#report(ask, [forbidden]);
    const previous = this.#previous.findPin(ask, parent);
    const fetcher = this.#fetcher;
    if (previous !== undefined && isGitPin(previous)) return this.#keep(ask, { want, pin: previous, parent });
    if (fetcher === undefined) return this.#reportStale(ask.path);
    const context: TargetContext = {
      request: this.#request,
      fetcher,
      groups: this.#groups,
      note: (versionAsk) => void this.#found.versionAsks.push(versionAsk),
    };
    const target = await resolveTarget({ ask, parent, requirement: want }, context);
    this.#report(ask, target.diagnostics);
    if (target.value === undefined) return undefined;
    const location = gitLocation(ask, want, target.value.commit);
    const tree = await this.#fetchTree(ask, location);
    if (tree?.value === undefined) return this.#report(ask, tree?.diagnostics ?? []);
    this.#found.pins.set(ask.path, {
      want,
      ...target.value,
      tree: tree.value.tree,
      integrity: tree.value.integrity,
      ...(ask.overriddenBy !== undefined && { overriddenBy: ask.overriddenBy }),
    });
    if (want.flake === false) return undefined;
    const known = knownBelow(parent.known, inputName(ask.path), { want, commit: location.commit });
    return this.#enter(ask, { location, tree: tree.value, parent, isKept: false, known });
  }

  /** Keeps a pin. What is below it follows from the lock, without reading the input, unless some of that changes. */
  async #keep(
    ask: Ask,
    { want, pin, parent }: { want: GitRequirement; pin: GitPin; parent: FlakeNode },
  ): Promise<FlakeNode | undefined> {
    this.#found.pins.set(ask.path, { ...pin, want });
    if (pin.version !== undefined) {
      const group = groupOf(want);
      this.#found.keptVersions.set(group, [...(this.#found.keptVersions.get(group) ?? []), pin.version]);
    }
    if (want.flake === false) return undefined;
    const location = gitLocation(ask, want, pin.commit);
    if (!this.#mustRead(ask)) return this.#enterLocked(ask, location, parent);
    const tree = await this.#fetchTree(ask, location);
    if (tree?.value === undefined) return this.#report(ask, tree?.diagnostics ?? []);
    const mismatch = (["tree", "integrity"] as const).find((field) => tree.value[field] !== pin[field]);
    if (mismatch !== undefined) {
      return this.#report(ask, [
        integrityMismatch(ask, { field: mismatch, locked: pin[mismatch], found: tree.value[mismatch] }),
      ]);
    }
    const known = knownBelow(parent.known, inputName(ask.path), { want, commit: pin.commit });
    return this.#enter(ask, { location, tree: tree.value, parent, isKept: true, known });
  }

  /** Tells whether a kept input has to be read. Where nothing may be fetched, what would change below it is noted instead. */
  #mustRead({ path }: Ask): boolean {
    const changes = this.#previous.changesBelow(path);
    if (this.#fetcher !== undefined) return changes.length > 0;
    changes.forEach((each) => this.#reportStale(each));
    return false;
  }

  /** Goes on below an input whose own inputs the lock tells. */
  #enterLocked({ path, want }: Ask, location: Location, parent: FlakeNode): FlakeNode | undefined {
    if (want?.flake === false) return undefined;
    const asks = this.#previous.asksBelow(path);
    this.#locations.set(path, location);
    return { path, isKept: true, location, chain: this.#chain(path, location, parent), known: [], asks };
  }

  #chain(path: InputPath, location: Location, parent: FlakeNode): FlakeNode["chain"] {
    return [...parent.chain, { path, identity: identityOf(location) }];
  }

  /** Reads the flake that an input is. */
  #enter(
    ask: Ask,
    entry: { location: Location; tree: LocalTree; parent: FlakeNode; isKept: boolean; known: readonly KnownPins[] },
  ): FlakeNode | undefined {
    const { location, tree, parent, isKept } = entry;
    const same = parent.chain.findIndex(({ identity }) => identity === identityOf(location));
    if (same >= 0) return this.#report(ask, [inputCycle(ask, parent.chain.slice(same))]);
    const { manifest, lock, diagnostics } = readFlake(ask, tree);
    this.#report(ask, diagnostics);
    if (manifest === undefined) return undefined;
    this.#locations.set(ask.path, location);
    const known = [...entry.known, ...(lock === undefined ? [] : [{ lock, at: "" }])];
    const asks = this.#readManifest(ask.path, manifest);
    return { path: ask.path, isKept, location, chain: this.#chain(ask.path, location, parent), known, asks };
  }

  async #fetchTree({ path }: Ask, location: Location & { kind: "git" }): Promise<Outcome<InputTree> | undefined> {
    const { source, commit, dir, submodules } = location;
    return this.#fetcher?.fetchTree({ source, commit, dir, submodules }) ?? this.#reportStale(path);
  }
}
