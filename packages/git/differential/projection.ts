import { emptyLock, isFollowsPin, isGitPin, type Lockfile } from "@firn/lock";

/** What each input path leads to: a commit, "root" for the root flake, or "nothing" for follows that lead nowhere. */
export type Projection = ReadonlyMap<string, string>;

/** What one tool made of a step: a lock as it is compared, or why it refused. */
export type Side =
  | { readonly paths: Projection; readonly problem?: never }
  | { readonly problem: string; readonly paths?: never };

interface NixNode {
  readonly inputs?: Readonly<Record<string, string | readonly string[]>>;
  readonly locked?: { readonly rev?: string; readonly narHash?: string };
}

interface NixLock {
  readonly nodes: Readonly<Record<string, NixNode>>;
  readonly root: string;
}

/** More follows than this on the way to one input are a cycle. */
const mostHops = 100;

/**
 * Reads what nix locked. What of it has no commit, such as an input with
 * changes, is there as its hash.
 */
export function projectNix(text: string): Projection {
  const lock: NixLock = JSON.parse(text);
  const found = new Map<string, string>();
  const visit = (label: string, path: readonly string[]): void => {
    for (const [name, edge] of Object.entries(lock.nodes[label]?.inputs ?? {})) {
      const below = [...path, name];
      found.set(below.join("/"), commitOf(lock, nodeAt(lock, below, mostHops)));
      if (typeof edge === "string") visit(edge, below);
    }
  };
  visit(lock.root, []);
  return found;
}

function commitOf({ nodes, root }: NixLock, label: string | undefined): string {
  if (label === root) return "root";
  const { rev, narHash } = nodes[label ?? ""]?.locked ?? {};
  return rev ?? narHash ?? "nothing";
}

/** Finds the node at a path from the root; follows are such paths too. */
function nodeAt(lock: NixLock, path: readonly string[], hops: number): string | undefined {
  let label: string | undefined = lock.root;
  for (const name of path) {
    const edge: string | readonly string[] | undefined = lock.nodes[label ?? ""]?.inputs?.[name];
    if (edge === undefined || hops === 0) return undefined;
    label = typeof edge === "string" ? edge : nodeAt(lock, edge, hops - 1);
  }
  return label;
}

/**
 * Finds the input that a path of Firn's lock leads to through all follows: empty for the root, undefined for nothing.
 * Written without the package's own way to resolve follows, which is to be tested too.
 */
export function findTarget({ inputs }: Lockfile, path: string, hops: number = mostHops): string | undefined {
  let at = "";
  for (const name of path === "" ? [] : path.split("/")) {
    const below = at === "" ? name : `${at}/${name}`;
    const pin = inputs[below];
    if (pin === undefined || hops === 0) return undefined;
    const next = isFollowsPin(pin) ? findTarget({ ...emptyLock, inputs }, pin.follows, hops - 1) : below;
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

/** Reads what Firn locked. */
export function projectFirn(lock: Lockfile): Projection {
  return new Map(
    Object.keys(lock.inputs).map((path) => {
      const target = findTarget(lock, path);
      const pin = lock.inputs[target ?? ""];
      return [path, target === "" ? "root" : pin !== undefined && isGitPin(pin) ? pin.commit : "nothing"];
    }),
  );
}
