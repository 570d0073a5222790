import type { PathState } from "@firn/plan";

/** What is at a path of a tree in memory. */
export type TreeNode =
  | {
      readonly kind: "file";
      readonly content: string;
      readonly mode: string;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly kind: "symlink"; readonly target: string; readonly uid: number; readonly gid: number }
  | { readonly kind: "directory"; readonly mode: string; readonly uid: number; readonly gid: number }
  | { readonly kind: "other"; readonly what: string; readonly uid: number; readonly gid: number };

/** Path and node of a thing that was taken out of a tree, and of all below it: "" is the thing itself. */
export type Subtree = ReadonlyMap<string, TreeNode>;

const rootDirectory: TreeNode = { kind: "directory", mode: "0755", uid: 0, gid: 0 };

/** A tree of files in memory, whose links to directories are followed as a kernel does. */
export class MemoryTree {
  readonly #nodes = new Map<string, TreeNode>();

  /** Finds what is at a path, without following a link there. */
  find(path: string): TreeNode | undefined {
    if (path === "/") return rootDirectory;
    const place = this.#placeOf(path);
    return place === undefined ? undefined : this.#nodes.get(place);
  }

  /** Puts a node where there is none. @throws where something is, or where the directory is missing. */
  put(path: string, node: TreeNode): void {
    const place = this.#placeOf(path);
    if (place === undefined) throw new Error(`there is no directory for ${path}`);
    if (this.#nodes.has(place)) throw new Error(`there is something at ${path}`);
    this.#nodes.set(place, node);
  }

  /** Puts a node in the place of one that is no directory, or of none, as rename(2) does. */
  replace(path: string, node: TreeNode): void {
    if (this.find(path)?.kind === "directory") throw new Error(`there is a directory at ${path}`);
    this.removeFile(path);
    this.put(path, node);
  }

  /** Removes what is no directory; does nothing where nothing is, as `rm -f` does. */
  removeFile(path: string): void {
    if (this.find(path)?.kind === "directory") throw new Error(`${path} is a directory`);
    this.#nodes.delete(this.#placeOf(path) ?? "");
  }

  /** Removes a directory if it is empty, as `rmdir --ignore-fail-on-non-empty` does. */
  removeDirectory(path: string): void {
    if (this.find(path)?.kind !== "directory") throw new Error(`${path} is no directory`);
    if (this.isEmpty(path)) this.#nodes.delete(this.#placeOf(path) ?? "");
  }

  /** Gives a directory another mode and owner. */
  adjust(path: string, node: TreeNode): void {
    if (this.find(path)?.kind !== "directory") throw new Error(`${path} is no directory`);
    this.#nodes.set(this.#placeOf(path) ?? "", node);
  }

  /** Copies what is at a path, with all below it. */
  copy(path: string): Subtree {
    const place = this.#placeOf(path) ?? "";
    const found = [...this.#nodes].filter(([each]) => each === place || each.startsWith(`${place}/`));
    return new Map(found.map(([each, node]) => [each.slice(place.length), node]));
  }

  /** Takes out what is at a path, with all below it. */
  take(path: string): Subtree {
    const taken = this.copy(path);
    const place = this.#placeOf(path) ?? "";
    for (const below of taken.keys()) this.#nodes.delete(place + below);
    return taken;
  }

  /** Puts what was taken out where nothing is. */
  bring(path: string, subtree: Subtree): void {
    for (const [below, node] of subtree) this.put(path + below, node);
  }

  /** Says what is at a path, the way a plan is told. */
  stateOf(path: string): PathState {
    const node = this.find(path);
    if (node === undefined) return { kind: "absent" };
    if (node.kind === "directory") return { ...node, isEmpty: this.isEmpty(path) };
    return node.kind === "file" ? { ...node, size: node.content.length } : node;
  }

  isEmpty(path: string): boolean {
    return this.listNames(path).length === 0;
  }

  /** Tells whether what leads to a path is there. */
  canHold(path: string): boolean {
    return this.#placeOf(path) !== undefined;
  }

  /** Lists what is in a directory. */
  listNames(path: string): string[] {
    const start = `${this.#placeOf(path) ?? ""}/`;
    const below = [...this.#nodes.keys()].filter((each) => each.startsWith(start));
    return below.map((each) => each.slice(start.length)).filter((name) => !name.includes("/"));
  }

  /** Lists all there is, by path. */
  list(): [path: string, node: TreeNode][] {
    return [...this.#nodes].toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  /** Where a path is once the links that lead to it are followed; undefined below what is no directory. */
  #placeOf(path: string): string | undefined {
    let place = "";
    const parts = path.slice(1).split("/");
    for (const [index, part] of parts.entries()) {
      place = `${place}/${part}`;
      if (index === parts.length - 1) break;
      const node = this.#nodes.get(place);
      // Links of these trees lead to directories by absolute paths, or nowhere.
      if (node?.kind === "symlink" && this.#nodes.get(node.target)?.kind === "directory") place = node.target;
      else if (node?.kind !== "directory") return undefined;
    }
    return place;
  }
}
