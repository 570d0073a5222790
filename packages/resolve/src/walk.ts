import type { Diagnostic } from "@firn/diagnostic";
import {
  defaultLimits,
  type FlakeManifest,
  type GitRequirement,
  type InputPath,
  isGitRequirement,
  joinInputPath,
  pathDepth,
} from "@firn/input";
import { type GitPin, type Pin } from "@firn/lock";
import { type Ask, askOf, Overrides } from "./ask.ts";
import { readFlake } from "./read-flake.ts";
import type { Fetcher, InputTree, LocalTree, Outcome } from "./fetcher.ts";
import { type FlakeNode, gitLocation, identityOf, joinFolder, type Location } from "./flake-node.ts";
import { atAsk, forbiddenSource, inputCycle, integrityMismatch, staleInput, tooManyInputs } from "./input-problem.ts";
import type { KnownPins } from "./known-pins.ts";
import type { LockRequest } from "./lock-request.ts";
import { PreviousLock } from "./previous-lock.ts";
import { problemOfSource } from "./source-permission.ts";
import { groupOf, resolveTarget, type TargetContext } from "./resolve-target.ts";
import type { VersionAsk, VersionGroup } from "./version-choice.ts";

/** What one pass found. */
export class WalkResult {
  readonly pins: Map<InputPath, Pin> = new Map();
  readonly asks: Map<InputPath, Ask> = new Map();
  readonly overrides: Overrides = new Overrides();
  readonly versionAsks: VersionAsk[] = [];
  /** Versions by package, of inputs whose pins were kept. */
  readonly keptVersions: Map<string, string[]> = new Map();
  /** In the order in which answers came. */
  readonly problems: { readonly path: InputPath; readonly diagnostic: Diagnostic }[] = [];
}

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
      const below = await Promise.all(
        level.flatMap((node) =>
          node.asks.map((ask) => this.#resolve(this.#found.overrides.find(ask.path) ?? ask, node)),
        ),
      );
      level = below.filter((node) => node !== undefined);
    }
    return this.#found;
  }

  #report(ask: Ask, diagnostics: readonly Diagnostic[]): undefined {
    const { path } = ask;
    this.#found.problems.push(...diagnostics.map((diagnostic) => ({ path, diagnostic: atAsk(ask, diagnostic) })));
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
    const { paths, depth } = this.#request.limits ?? defaultLimits;
    this.#found.asks.set(ask.path, ask);
    if (pathDepth(ask.path) > depth || this.#found.asks.size > paths) {
      return this.#report(ask, [tooManyInputs(ask, { paths, depth })]);
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
    return this.#resolvePath(ask, { path: want.path, isFlake: want.flake !== false }, parent);
  }

  async #resolvePath(
    ask: Ask,
    want: { path: string; isFlake: boolean },
    parent: FlakeNode,
  ): Promise<FlakeNode | undefined> {
    const base = this.#locationOf(ask, parent);
    const folder = joinFolder(base.kind === "local" ? base.folder : base.dir, want.path);
    if (base.kind === "git" && folder.startsWith("..")) {
      return this.#report(ask, [
        forbiddenSource(ask, `"${want.path}" leaves its repository`, "Make it an input of its own with git"),
      ]);
    }
    const location: Location = base.kind === "local" ? { kind: "local", folder } : { ...base, dir: folder };
    if (location.kind === "git" && this.#previous.hasFolder(ask, parent))
      return this.#enterLocked(ask, location, parent);
    const tree: Outcome<LocalTree> =
      location.kind === "local" ? await this.#request.local.readTree(folder) : await this.#fetchTree(ask, location);
    if (tree.value === undefined) return this.#report(ask, tree.diagnostics);
    return want.isFlake
      ? this.#enter(ask, { location, tree: tree.value, parent, isKept: parent.isKept, below: [] })
      : undefined;
  }

  /** Finds the flake that an ask's words stand in: paths start there. */
  #locationOf(ask: Ask, parent: FlakeNode): Location {
    return this.#locations.get(ask.by) ?? parent.location;
  }

  async #resolveGit(ask: Ask, want: GitRequirement, parent: FlakeNode): Promise<FlakeNode | undefined> {
    const forbidden = problemOfSource(ask, want, this.#request.manifest.transports);
    if (forbidden !== undefined) return this.#report(ask, [forbidden]);
    const previous = this.#previous.findPin(ask, want, parent);
    const fetcher = this.#fetcher;
    if (previous !== undefined) return this.#keep(ask, { want, pin: previous, parent });
    if (fetcher === undefined) return this.#report(ask, [staleInput(ask)]);
    const context: TargetContext = {
      request: this.#request,
      fetcher,
      groups: this.#groups,
      note: (versionAsk) => void this.#found.versionAsks.push(versionAsk),
    };
    const target = await resolveTarget({ ask, parent, requirement: want }, context);
    this.#report(ask, target.diagnostics);
    if (target.value === undefined) return undefined;
    const { below, ...chosen } = target.value;
    const location = gitLocation(ask, want, chosen.commit);
    const tree = await this.#fetchTree(ask, location);
    if (tree.value === undefined) return this.#report(ask, tree.diagnostics);
    this.#found.pins.set(ask.path, {
      want,
      ...chosen,
      tree: tree.value.tree,
      integrity: tree.value.integrity,
      ...(ask.overriddenBy !== undefined && { overriddenBy: ask.overriddenBy }),
    });
    if (want.flake === false) return undefined;
    return this.#enter(ask, {
      location,
      tree: tree.value,
      parent,
      isKept: false,
      below: below === undefined ? [] : [below],
    });
  }

  /** Keeps a pin. What is below it follows from the lock, without reading the input, unless the lock cannot tell. */
  async #keep(
    ask: Ask,
    { want, pin, parent }: { want: GitRequirement; pin: GitPin; parent: FlakeNode },
  ): Promise<FlakeNode | undefined> {
    const { path } = ask;
    this.#found.pins.set(path, { ...pin, want });
    if (pin.version !== undefined) {
      const group = groupOf(want);
      this.#found.keptVersions.set(group, [...(this.#found.keptVersions.get(group) ?? []), pin.version]);
    }
    if (want.flake === false) return undefined;
    const location = gitLocation(ask, want, pin.commit);
    if (!this.#previous.mustRead(path)) return this.#enterLocked(ask, location, parent);
    if (this.#fetcher === undefined) return this.#report(ask, [staleInput(ask)]);
    const tree = await this.#fetchTree(ask, location);
    if (tree.value === undefined) return this.#report(ask, tree.diagnostics);
    const mismatch = (["tree", "integrity"] as const).find((field) => tree.value[field] !== pin[field]);
    if (mismatch !== undefined) {
      return this.#report(ask, [
        integrityMismatch(ask, { field: mismatch, locked: pin[mismatch], found: tree.value[mismatch] }),
      ]);
    }
    return this.#enter(ask, { location, tree: tree.value, parent, isKept: true, below: [] });
  }

  /** Goes on below an input whose own inputs the lock tells. */
  #enterLocked({ path, want }: Ask, location: Location, parent: FlakeNode): FlakeNode | undefined {
    if (want?.flake === false) return undefined;
    const asks = this.#previous.asksBelow(path);
    this.#locations.set(path, location);
    return {
      path,
      isKept: true,
      location,
      chain: this.#chain(path, location, parent),
      known: [],
      asks,
    };
  }

  #chain(path: InputPath, location: Location, parent: FlakeNode): FlakeNode["chain"] {
    return [...parent.chain, { path, identity: identityOf(location) }];
  }

  /** Reads the flake that an input is. */
  #enter(
    ask: Ask,
    entry: { location: Location; tree: LocalTree; parent: FlakeNode; isKept: boolean; below: readonly KnownPins[] },
  ): FlakeNode | undefined {
    const { location, tree, parent, isKept, below } = entry;
    const same = parent.chain.findIndex(({ identity }) => identity === identityOf(location));
    if (same >= 0) return this.#report(ask, [inputCycle(ask, parent.chain.slice(same))]);
    const { manifest, lock, diagnostics } = readFlake(ask, tree);
    this.#report(ask, diagnostics);
    if (manifest === undefined) return undefined;
    this.#locations.set(ask.path, location);
    const known = [...below, ...(lock === undefined ? [] : [{ lock, at: "" }])];
    const asks = this.#readManifest(ask.path, manifest);
    return { path: ask.path, isKept, location, chain: this.#chain(ask.path, location, parent), known, asks };
  }

  async #fetchTree(ask: Ask, location: Location & { kind: "git" }): Promise<Outcome<InputTree>> {
    const { source, commit, dir, submodules } = location;
    if (this.#fetcher === undefined) return { diagnostics: [staleInput(ask)] };
    return this.#fetcher.fetchTree({ source, commit, dir, submodules });
  }
}
