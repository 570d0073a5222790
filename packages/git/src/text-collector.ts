import type { InputTree } from "@firn/resolve";
import type { FileSink, TreeVisitor } from "./read-tree.ts";
import type { TreeBudget } from "./tree-budget.ts";
import type { DirectoryNode, FileNode } from "./tree-node.ts";

/** The files of a flake whose texts are kept, and what they may have at most. */
const texts = { "flake.yaml": "flakeFileBytes", "lockfile.json": "lockFileBytes" } as const;

/** Keeps the texts of flake.yaml and lockfile.json while an input is read; a link in their place is none of them. */
export class TextCollector implements TreeVisitor {
  readonly #budget: TreeBudget;
  readonly #inner: TreeVisitor;
  readonly #pieces = new Map<string, Buffer[]>();

  /** @param inner is told of everything too */
  constructor(budget: TreeBudget, inner: TreeVisitor) {
    this.#budget = budget;
    this.#inner = inner;
  }

  /** Refuses texts that are too large, before anything is read. */
  check(root: DirectoryNode): void {
    for (const [name, limit] of Object.entries(texts)) {
      const node = root.entries.get(name);
      if (node?.kind === "file") this.#budget.checkText(name, { size: node.size, limit });
    }
  }

  /** Gives the texts that were there. */
  found(): Pick<InputTree, "flakeFile" | "lockFile"> {
    const [flakeFile, lockFile] = Object.keys(texts).map((name) => this.#pieces.get(name));
    return {
      ...(flakeFile !== undefined && { flakeFile: Buffer.concat(flakeFile).toString() }),
      ...(lockFile !== undefined && { lockFile: Buffer.concat(lockFile).toString() }),
    };
  }

  directory(path: string): void {
    this.#inner.directory?.(path);
  }

  link(path: string, target: Buffer): void {
    this.#inner.link?.(path, target);
  }

  file(path: string, node: FileNode): FileSink | undefined {
    const sink = this.#inner.file?.(path, node);
    if (!Object.hasOwn(texts, path)) return sink;
    const pieces: Buffer[] = [];
    this.#pieces.set(path, pieces);
    return {
      write: (bytes) => {
        pieces.push(bytes);
        sink?.write(bytes);
      },
      end: () => sink?.end(),
    };
  }
}
