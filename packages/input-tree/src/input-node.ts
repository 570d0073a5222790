import { existsSync, realpathSync } from "node:fs";
import { posix, resolve as resolvePath } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import { type InputPath, isGitRequirement, joinInputPath, parentPath } from "@firn/input";
import { type GitPin, isFollowsPin, isGitPin, type Lockfile, type PathPin, type Pin } from "@firn/lock";
import type { ExportRequest } from "@firn/resolve";

/** Where the files of an input come from. */
export type InputOrigin =
  | { readonly kind: "git"; readonly request: ExportRequest; readonly label: string }
  | { readonly kind: "inside"; readonly owner: InputPath; readonly folder: string }
  | { readonly kind: "local"; readonly folder: string };

/** An input that is not merely another one. */
export interface InputNode {
  readonly origin: InputOrigin;
  /** False for an input that is no flake: others cannot import from it. */
  readonly isFlake: boolean;
  /** Its own inputs by name; each path has a node, or is the root. */
  readonly children: ReadonlyMap<string, InputPath>;
}

/** The flake and its inputs by path, the flake itself at the empty one. */
export interface InputNodes {
  readonly nodes: ReadonlyMap<InputPath, InputNode>;
  /** Follows an input to the one that it is; undefined when there is none. */
  resolve(path: InputPath): InputPath | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What decides where inputs are. */
export interface NodeOptions {
  /** Absolute path of the flake, without symbolic links. */
  readonly root: string;
  readonly lock: Lockfile;
  readonly mirrors: ReadonlyMap<InputPath, readonly string[]>;
  readonly localOverrides: ReadonlyMap<InputPath, string>;
}

/** Lists a flake and its inputs as nodes, and says of each where its files come from. */
export function listNodes(options: NodeOptions): InputNodes {
  const { lock } = options;
  const resolve = (path: InputPath): InputPath | undefined => resolveFollows(lock, path);
  const origins = new OriginFinder(options, resolve);
  const diagnostics: Diagnostic[] = [];
  const nodes = new Map<InputPath, InputNode>([
    ["", { origin: { kind: "local", folder: options.root }, isFlake: true, children: new Map() }],
  ]);
  for (const [path, pin] of Object.entries(lock.inputs)) {
    if (isFollowsPin(pin)) continue;
    const origin = origins.find(path);
    if (origin === undefined) diagnostics.push(outsideRepository(path, pin));
    else nodes.set(path, { origin, isFlake: pin.want.flake !== false, children: new Map() });
  }
  const linked = linkChildren(nodes, lock, resolve);
  return { nodes: linked, resolve, diagnostics };
}

/** Follows to the end. A path below one that follows is meant below its target. */
function resolveFollows(lock: Lockfile, path: InputPath, seen: readonly InputPath[] = []): InputPath | undefined {
  if (path === "") return path;
  if (seen.includes(path)) return undefined;
  const pin = Object.hasOwn(lock.inputs, path) ? lock.inputs[path] : undefined;
  if (pin !== undefined) return isFollowsPin(pin) ? resolveFollows(lock, pin.follows, [...seen, path]) : path;
  const parent = parentPath(path);
  const target = resolveFollows(lock, parent, [...seen, path]);
  if (target === undefined || target === parent) return undefined;
  return resolveFollows(lock, joinInputPath(target, path.slice(parent.length + 1)), [...seen, path]);
}

function linkChildren(
  nodes: ReadonlyMap<InputPath, InputNode>,
  lock: Lockfile,
  resolve: InputNodes["resolve"],
): Map<InputPath, InputNode> {
  const children = new Map([...nodes.keys()].map((path) => [path, new Map<string, InputPath>()] as const));
  for (const path of Object.keys(lock.inputs)) {
    const target = resolve(path);
    const parent = parentPath(path);
    if (target !== undefined && nodes.has(target))
      children.get(parent)?.set(path.slice(parent.length && parent.length + 1), target);
  }
  return new Map([...nodes].map(([path, node]) => [path, { ...node, children: children.get(path) ?? new Map() }]));
}

/** Finds where inputs come from; that of a path depends on the flake that asks for it. */
class OriginFinder {
  readonly #options: NodeOptions;
  readonly #resolve: InputNodes["resolve"];
  readonly #busy = new Set<InputPath>();

  constructor(options: NodeOptions, resolve: InputNodes["resolve"]) {
    this.#options = options;
    this.#resolve = resolve;
  }

  find(path: InputPath): InputOrigin | undefined {
    const { root, lock, mirrors, localOverrides } = this.#options;
    const override = localOverrides.get(path);
    if (override !== undefined) return localOrigin(resolvePath(root, override));
    if (path === "") return localOrigin(root);
    const pin = Object.hasOwn(lock.inputs, path) ? lock.inputs[path] : undefined;
    if (pin === undefined || isFollowsPin(pin)) return undefined;
    return isGitPin(pin) ? gitOrigin(pin, mirrors.get(path) ?? []) : this.#findBeside(path, pin);
  }

  #findBeside(path: InputPath, pin: PathPin): InputOrigin | undefined {
    const asker = this.#resolve(askerOf(path, pin));
    if (asker === undefined || this.#busy.has(path) || isGitRequirement(pin.want)) return undefined;
    this.#busy.add(path);
    const from = this.find(asker);
    this.#busy.delete(path);
    if (from === undefined) return undefined;
    if (from.kind === "local") return localOrigin(resolvePath(from.folder, pin.want.path));
    const owner = from.kind === "inside" ? from.owner : asker;
    const tree = from.kind === "inside" ? this.find(from.owner) : from;
    return tree?.kind === "git" ? besideOrigin(tree, owner, posix.join(folderIn(from), pin.want.path)) : undefined;
  }
}

/** Links are followed, so that a folder has one name; one that does not exist is reported later. */
function localOrigin(folder: string): InputOrigin {
  return { kind: "local", folder: existsSync(folder) ? realpathSync(folder) : folder };
}

/** The path of the flake whose flake.yaml has the requirement. */
function askerOf(path: InputPath, { overriddenBy }: Pin): InputPath {
  if (overriddenBy === undefined) return parentPath(path);
  return overriddenBy === "." ? "" : overriddenBy;
}

function folderIn(origin: InputOrigin): string {
  return origin.kind === "inside" ? origin.folder : "";
}

function gitOrigin(pin: GitPin, mirrors: readonly string[]): InputOrigin | undefined {
  const { want, version, commit, integrity } = pin;
  if (!isGitRequirement(want)) return undefined;
  const { git, dir = "", submodules = false } = want;
  const request = { source: { git, mirrors }, commit, dir, submodules, integrity };
  return { kind: "git", request, label: version ?? commit.slice(0, 12) };
}

/** @param path relative to the folder that the other input has in its repository */
function besideOrigin(
  { request, label }: InputOrigin & { kind: "git" },
  owner: InputPath,
  path: string,
): InputOrigin | undefined {
  const folder = posix.normalize(path).replace(/\/$/, "");
  // What is there once inputs are laid out belongs to other inputs.
  if (folder.toLowerCase().split("/").includes("node_modules")) return undefined;
  if (folder !== ".." && !folder.startsWith("../")) return { kind: "inside", owner, folder };
  const dir = posix.join(request.dir, folder);
  if (dir === ".." || dir.startsWith("../")) return undefined;
  const { integrity: _, ...rest } = request;
  return { kind: "git", request: { ...rest, dir: dir === "." ? "" : dir }, label };
}

function outsideRepository(path: InputPath, { want }: Exclude<Pin, { follows: string }>): Diagnostic {
  const folder = isGitRequirement(want) ? "" : ` "${want.path}"`;
  return {
    code: "bad-input-tree",
    severity: "error",
    message: `Cannot lay out the input "${path}": its folder${folder} is in no repository that is locked`,
    marks: [],
    why: ["A path in the flake.yaml of an input stays within the repository of that input"],
    fix: `Correct the path in the flake that asks for "${path}", then run: firn lock`,
  };
}
