import { DiagnosticError } from "@firn/diagnostic";
import { inputProblem } from "./git-failure.ts";
import { type ObjectReader, UnreadableObjectError } from "./object-reader.ts";
import type { TreeBudget } from "./tree-budget.ts";
import type { DirectoryNode, TreeNode } from "./tree-node.ts";
import { parseTree, type TreeEntry } from "./tree-object.ts";

/** No system opens a longer path. */
const longestPath = 4096;

/** How to look over a tree. */
export interface TreeWalk {
  readonly reader: ObjectReader;
  readonly budget: TreeBudget;
  /** Where the tree is in the input, with a slash at its end unless it is empty. */
  readonly prefix: string;
  /** Is told of each submodule; it is an empty folder, whose entries may be set later. */
  readonly onSubmodule?: (path: string, commit: string, nodes: Map<string, TreeNode>) => void;
}

/** A folder that is still to be looked over. */
interface OpenFolder {
  readonly id: string;
  readonly path: string;
  readonly nodes: Map<string, TreeNode>;
}

/**
 * Looks over a tree, and all below it, without reading any file: a level of
 * folders at a time, so that each takes one round of questions. Everything is
 * counted before it is read.
 */
export async function walkTree(treeId: string, walk: TreeWalk): Promise<DirectoryNode> {
  const root: OpenFolder = { id: treeId, path: walk.prefix, nodes: new Map() };
  for (let level = [root]; level.length > 0;) level = await walkLevel(level, walk);
  return { kind: "directory", entries: root.nodes };
}

async function walkLevel(level: readonly OpenFolder[], walk: TreeWalk): Promise<OpenFolder[]> {
  const below: OpenFolder[] = [];
  const trees = await readTrees(level, walk);
  const ids = trees.flatMap((entries) => entries.filter(isStored).map(({ id }) => id));
  const infos = (await walk.reader.describe(ids)).values();
  for (const [index, { path: above, nodes }] of level.entries()) {
    for (const entry of trees[index] ?? []) {
      const path = `${above}${entry.name}`;
      const node = isStored(entry)
        ? makeStored(entry, { walk, path, info: infos.next().value })
        : makeFolder(entry, { walk, path, below });
      nodes.set(entry.name, node);
    }
  }
  return below;
}

const isStored = ({ kind }: TreeEntry): boolean => kind !== "directory" && kind !== "submodule";

async function readTrees(
  level: readonly OpenFolder[],
  { reader, budget }: TreeWalk,
): Promise<(readonly TreeEntry[])[]> {
  const ids = level.map(({ id }) => id);
  for (const [index, info] of (await reader.describe(ids)).entries()) {
    const path = level[index]?.path ?? "";
    if (info === undefined) throw new UnreadableObjectError(`The tree of "${path}" is missing`);
    if (info.type !== "tree") budget.refuseTree(`The folder "${path}" is not a tree but a ${info.type}`);
    budget.checkTreeObject(path, info.size);
  }
  // Where one tree is a hundred thousand times, it is read once.
  const read = new Map<string, readonly TreeEntry[]>();
  const once = [...new Set(ids)];
  reader.ask(once);
  for (const id of once) {
    const { entries, problem } = {
      problem: "",
      entries: undefined,
      ...parseTree(await reader.contents(id), id.length / 2),
    };
    if (entries === undefined) return budget.refuseTree(problem);
    budget.addEntries(entries.length);
    read.set(id, sortByBytes(entries));
  }
  const trees = ids.map((id) => read.get(id) ?? []);
  // Once more for each tree that is there more than once, before anything is made of their entries.
  const all = trees.reduce((sum, entries) => sum + entries.length, 0);
  budget.addEntries(all - [...read.values()].reduce((sum, entries) => sum + entries.length, 0));
  return trees;
}

function sortByBytes(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries
    .map((entry) => ({ entry, bytes: Buffer.from(entry.name) }))
    .toSorted((one, other) => Buffer.compare(one.bytes, other.bytes))
    .map(({ entry }) => entry);
}

function makeStored(
  { kind, id }: TreeEntry,
  { walk, path, info }: { walk: TreeWalk; path: string; info: { type: string; size: number } | undefined },
): TreeNode {
  const { reader, budget } = walk;
  if (info === undefined) throw new UnreadableObjectError(`The file "${path}" is missing`);
  if (info.type !== "blob") budget.refuseTree(`The file "${path}" is not a blob but a ${info.type}`);
  budget.addFile(path, info.size);
  if (kind !== "link") return { kind: "file", isExecutable: kind === "executable", id, size: info.size, reader };
  if (info.size === 0 || info.size >= longestPath)
    budget.refuseTree(`The link "${path}" has a target of ${info.size} bytes`);
  return { kind: "link", id, size: info.size, reader };
}

function makeFolder(
  { kind, id }: TreeEntry,
  { walk, path, below }: { walk: TreeWalk; path: string; below: OpenFolder[] },
): TreeNode {
  if (path.length >= longestPath) walk.budget.refuseTree(`A path is longer than ${longestPath} bytes`);
  const nodes = new Map<string, TreeNode>();
  if (kind === "submodule") walk.onSubmodule?.(path, id, nodes);
  else below.push({ id, path: `${path}/`, nodes });
  return { kind: "directory", entries: nodes };
}

/** Finds the id of the tree of a folder, given that of the commit. */
export async function findTree(at: EntrySearch, commit: string, dir: string): Promise<string> {
  at.reader.ask([commit]);
  const text = (await at.reader.contents(commit)).toString("latin1");
  let id = /^tree (?<id>[0-9a-f]+)\n/.exec(text)?.groups?.["id"];
  if (id === undefined) return at.budget.refuseTree("The commit names no tree");
  for (const name of dir.split("/").filter((part) => part !== "")) {
    const found = await findEntry(at, id, name);
    if (found?.kind !== "directory") {
      const why = [`The repository has no folder "${dir}" at the commit ${commit}`];
      const fix = 'Check "dir" of the input';
      throw new DiagnosticError([inputProblem("bad-input-tree", at.budget.task, { why, fix })]);
    }
    id = found.id;
  }
  return id;
}

/** Where to look for an entry. */
export type EntrySearch = Pick<TreeWalk, "reader" | "budget">;

/** Finds an entry of one tree by its name. */
export async function findEntry(at: EntrySearch, tree: string, name: string): Promise<TreeEntry | undefined> {
  const [entries = []] = await readTrees([{ id: tree, path: "", nodes: new Map() }], { ...at, prefix: "" });
  return entries.find((entry) => entry.name === name);
}
