import { join } from "node:path";
import { isGitRequirement } from "@firn/input";
import { isGitPin, type Lockfile, type Pin } from "@firn/lock";
import type { Declaration, Manifest, Wanted } from "./manifest.ts";
import { renderNix, renderYaml } from "./manifest.ts";
import type { Random } from "./random.ts";
import { type Files, Repository } from "./repository.ts";

/** Where the flake of a repository can be. */
export type Folder = "" | "sub";

/** What stands on a branch: for each flake its manifest, and locks if it has them. */
export interface Content {
  readonly flakes: Readonly<Partial<Record<Folder, FlakeContent>>>;
  /** Grows, so that every commit changes something. */
  readonly counter: number;
}

/** A flake on a branch, with what both tools locked for it. */
export interface FlakeContent {
  readonly manifest: Manifest;
  readonly locks?: { readonly nix: string; readonly firn: string };
}

/** A repository, and what the generator knows of its branches. */
export interface Node {
  readonly index: number;
  readonly repository: Repository;
  readonly branches: Map<string, Content>;
}

/** Makes locks of a flake as if it were a root; undefined where the tools are known to differ. */
export type LockMaker = (manifest: Manifest, before?: FlakeContent["locks"]) => Promise<FlakeContent["locks"]>;

/** Repositories that depend on those after them, never on those before. */
export class World {
  readonly random: Random;
  readonly nodes: Node[] = [];
  readonly #folder: string;

  constructor(folder: string, random: Random) {
    this.#folder = folder;
    this.random = random;
  }

  get repositories(): readonly Repository[] {
    return this.nodes.map(({ repository }) => repository);
  }

  get urls(): readonly string[] {
    return this.repositories.map(({ url }) => url);
  }

  /** Builds three to seven repositories; the last is no flake. */
  async build(makeLocks: LockMaker): Promise<void> {
    const size = 3 + this.random.below(5);
    for (let index = 0; index < size; index++) {
      const repository = new Repository(join(this.#folder, `r${index}`));
      this.nodes.push({ index, repository, branches: new Map() });
    }
    for (const node of this.nodes.toReversed()) await this.#fill(node, makeLocks);
  }

  async #fill(node: Node, makeLocks: LockMaker): Promise<void> {
    const { repository } = node;
    await this.commit(node, "master", makeLocks);
    const first = repository.commits[0] ?? "";
    repository.tag("t1", first);
    // Nix 2.8 pins the object of such a tag rather than its commit: one of the known divergences, allowed for when read.
    repository.annotate("t2", first);
    if (this.random.chance(0.5)) await this.commit(node, "dev", makeLocks);
    else this.#branchOff(node);
    if (this.random.chance(0.5)) await this.commit(node, "master", makeLocks);
  }

  #branchOff({ repository, branches }: Node): void {
    repository.moveBranch("dev", repository.refs.branches.get("master") ?? "");
    branches.set("dev", branches.get("master") ?? { flakes: {}, counter: 0 });
  }

  /** Gives the lock that an input brings along, if it does. */
  lockOf(pin: Pin | undefined): Lockfile | undefined {
    if (pin === undefined || !isGitPin(pin) || !isGitRequirement(pin.want)) return undefined;
    const { git, dir } = pin.want;
    const files = this.repositories.find(({ url }) => url === git)?.filesOf(pin.commit);
    const text = files?.[dir === undefined ? "lockfile.json" : `${dir}/lockfile.json`];
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** Says in lines what stands on the branches, to understand a failure. */
  describe(): string[] {
    return this.nodes.flatMap(({ index, repository, branches }) =>
      [...branches].map(
        ([branch, { flakes }]) =>
          `r${index} ${branch} ${repository.refs.branches.get(branch)} ${JSON.stringify(flakes)}`,
      ),
    );
  }

  /** Commits something new on a branch: other contents, another manifest, other locks, or several of them. */
  async commit(node: Node, branch: string, makeLocks: LockMaker): Promise<void> {
    const before = node.branches.get(branch);
    const flakes: Partial<Record<Folder, FlakeContent>> = {};
    for (const folder of this.#foldersOf(node, before)) {
      flakes[folder] = await this.#nextFlake(node, before?.flakes[folder], makeLocks);
    }
    const content = { flakes, counter: (before?.counter ?? 0) + 1 };
    node.branches.set(branch, content);
    node.repository.commit(branch, filesOf(content, this.urls, branch));
  }

  #foldersOf({ index }: Node, before: Content | undefined): readonly Folder[] {
    // The branches are fields of the object that this module wrote itself.
    if (before !== undefined) return Object.keys(before.flakes) as Folder[];
    if (index === this.nodes.length - 1) return [];
    return index % 2 === 1 ? ["", "sub"] : [""];
  }

  async #nextFlake(node: Node, before: FlakeContent | undefined, makeLocks: LockMaker): Promise<FlakeContent> {
    const isSame = before !== undefined && this.random.chance(0.5);
    const manifest = isSame ? before.manifest : this.#manifestFor(node, before?.manifest ?? {});
    const kind = this.random.weighted([
      [0.55, "keep"],
      [0.3, "lock"],
      [0.15, "drop"],
    ]);
    const isEmpty = Object.keys(manifest).length === 0;
    if (kind === "drop" || isEmpty) return { manifest };
    const locks = kind === "lock" ? await makeLocks(manifest, before?.locks) : before?.locks;
    return { manifest, ...(locks !== undefined && { locks }) };
  }

  /** Makes a manifest out of another one: its inputs come from later repositories. */
  #manifestFor(node: Node, before: Manifest): Manifest {
    const later = this.nodes.slice(node.index + 1);
    const result: Record<string, Declaration> = { ...before };
    const wanted = node.index === this.nodes.length - 2 ? 0 : 1 + this.random.below(2);
    for (let count = 0; count < wanted; count++) {
      const name = this.random.pick(["a", "b", "c"]) ?? "a";
      const declaration = this.declare(later, name);
      if (declaration !== undefined) result[name] = declaration;
    }
    const [first, second] = Object.keys(result).toSorted();
    if (first !== undefined && second !== undefined && this.random.chance(0.2)) {
      return withFollows(result, this.inputsOf(result[first]), {
        above: first,
        target: this.random.chance(0.3) ? "" : second,
      });
    }
    return result;
  }

  /**
   * Declares an input that is one of some repositories; undefined if none will do.
   *
   * Whether it is a flake goes by its name, so that an override never changes
   * that: nix would hear the override's address, and not what it says of this.
   */
  declare(candidates: readonly Node[], name: string): Declaration | undefined {
    const isFlake = !isPlainName(name);
    const node = this.random.pick(candidates.filter(({ index }) => !isFlake || index < this.nodes.length - 1));
    if (node === undefined) return undefined;
    const hasSub = node.branches.get("master")?.flakes.sub !== undefined;
    const dir = hasSub && this.random.chance(0.4) ? { dir: "sub" } : {};
    return { want: { repository: node.index, ...this.#target(node), ...dir, ...(!isFlake && { flake: false }) } };
  }

  #target({ repository }: Node): Pick<Wanted, "ref" | "rev"> {
    const kind = this.random.weighted([
      [0.35, "head"],
      [0.4, "branch"],
      [0.15, "tag"],
      [0.1, "rev"],
    ] as const);
    if (kind === "branch") return { ref: this.random.pick(["master", "dev"]) ?? "master" };
    if (kind === "tag") return { ref: this.random.pick(["t1", "t2"]) ?? "t1" };
    if (kind === "rev") return { rev: this.random.pick(repository.commits) ?? "" };
    return {};
  }

  /** Lists the inputs that the flake of a declaration has now; none for what is no flake. */
  inputsOf(declaration: Declaration | undefined): readonly string[] {
    return Object.keys(this.manifestOf(declaration));
  }

  /** Gives the manifest that a declaration leads to now, as far as the generator can tell. */
  manifestOf(declaration: Declaration | undefined): Manifest {
    const { want } = declaration ?? {};
    if (want === undefined || want.flake === false) return {};
    const branches = this.nodes[want.repository]?.branches;
    const content = branches?.get(want.ref ?? "master") ?? branches?.get("master");
    return content?.flakes[want.dir === "sub" ? "sub" : ""]?.manifest ?? {};
  }
}

/** Tells whether inputs of a name are no flakes. */
export function isPlainName(name: string): boolean {
  return name === "c";
}

/** Lets the first of an input's inputs follow another input. */
export function withFollows(
  manifest: Manifest,
  [below]: readonly string[],
  { above, target }: { above: string; target: string },
): Manifest {
  const declaration = manifest[above];
  if (below === undefined || declaration?.want === undefined) return manifest;
  const inputs = { ...declaration.inputs, [below]: { follows: target } };
  return { ...manifest, [above]: { ...declaration, inputs } };
}

function filesOf({ flakes, counter }: Content, urls: readonly string[], branch: string): Files {
  const files: Record<string, string> = { data: `${branch} ${counter}\n` };
  for (const [folder, { manifest, locks }] of Object.entries(flakes)) {
    const prefix = folder === "" ? "" : `${folder}/`;
    files[`${prefix}flake.nix`] = renderNix(manifest, urls);
    files[`${prefix}flake.yaml`] = renderYaml(manifest, urls);
    if (locks === undefined) continue;
    files[`${prefix}flake.lock`] = locks.nix;
    files[`${prefix}lockfile.json`] = locks.firn;
  }
  return files;
}
