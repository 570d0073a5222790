import type { TreeRequest } from "@firn/resolve";
import { type PresentCommit, useCommit } from "./commit-access.ts";
import type { Repositories } from "./repositories.ts";
import { parseSubmodules, resolveSubmoduleUrl } from "./submodule-list.ts";
import type { TreeBudget } from "./tree-budget.ts";
import type { DirectoryNode, TreeNode } from "./tree-node.ts";
import { findEntry, findTree, walkTree } from "./walk-tree.ts";

/** Submodules of submodules go no deeper. */
const deepestSubmodule = 8;

/** An input that was looked over, and not read yet. */
export interface OpenInput {
  /** Id of the tree of its folder. */
  readonly tree: string;
  readonly root: DirectoryNode;
}

/** What opening an input, and the submodules in it, shares. */
export interface Opening {
  readonly repositories: Repositories;
  readonly budget: TreeBudget;
}

/** A submodule whose folder is still empty. */
interface FoundSubmodule {
  /** Where it is in the input. */
  readonly path: string;
  readonly commit: string;
  readonly address: string;
  readonly nodes: Map<string, TreeNode>;
  readonly depth: number;
}

/** Looks over a folder of a commit, then lets it be used while all that it consists of can be read. */
export async function useInput<Value>(
  opening: Opening,
  { present, request }: { readonly present: PresentCommit; readonly request: Pick<TreeRequest, "dir" | "submodules"> },
  use: (input: OpenInput) => Promise<Value>,
): Promise<Value> {
  const tree = await findTree({ reader: present.reader, budget: opening.budget }, present.commit, request.dir);
  if (!request.submodules) {
    const root = await walkTree(tree, { reader: present.reader, budget: opening.budget, prefix: "" });
    return use({ tree, root });
  }
  const { root, found } = await walkProject(opening, { present, tree, dir: request.dir, prefix: "", depth: 0 });
  return useSubmodules(opening, found, () => use({ tree, root }));
}

/** A folder of a repository that may have submodules. */
interface Project {
  readonly present: PresentCommit;
  readonly tree: string;
  readonly dir: string;
  /** Where it is in the input, with a slash at its end unless it is empty. */
  readonly prefix: string;
  readonly depth: number;
}

async function walkProject(
  { budget }: Opening,
  { present, tree, dir, prefix, depth }: Project,
): Promise<{ readonly root: DirectoryNode; readonly found: readonly FoundSubmodule[] }> {
  const links: Pick<FoundSubmodule, "path" | "commit" | "nodes">[] = [];
  const root = await walkTree(tree, {
    reader: present.reader,
    budget,
    prefix,
    onSubmodule: (path, commit, nodes) => {
      budget.addSubmodule();
      links.push({ path, commit, nodes });
    },
  });
  if (links.length === 0) return { root, found: [] };
  const addresses = await readAddresses(present, budget);
  const found = links.map((link) => {
    const path = [...dir.split("/"), link.path.slice(prefix.length)].filter((part) => part !== "").join("/");
    const url = addresses.get(path);
    if (url === undefined) return budget.refuseTree(`.gitmodules has no submodule with the path "${path}"`);
    const source = resolveSubmoduleUrl(url, present.repository.source);
    if (typeof source !== "string") return { ...link, address: source.url, depth };
    return budget.refuseTree(`The address of the submodule "${path}" is refused: ${source}`);
  });
  return { root, found };
}

async function readAddresses(
  { reader, commit }: PresentCommit,
  budget: TreeBudget,
): Promise<ReadonlyMap<string, string>> {
  const tree = await findTree({ reader, budget }, commit, "");
  const entry = await findEntry({ reader, budget }, tree, ".gitmodules");
  if (entry?.kind !== "file") return budget.refuseTree("It has submodules, and no file .gitmodules that says whose");
  const [info] = await reader.describe([entry.id]);
  budget.checkText(".gitmodules", { size: info?.size ?? 0, limit: "flakeFileBytes" });
  reader.ask([entry.id]);
  const { urls, problem } = {
    problem: "",
    urls: undefined,
    ...parseSubmodules((await reader.contents(entry.id)).toString()),
  };
  return urls ?? budget.refuseTree(problem);
}

/** Opens one submodule after another, each within the last, so that all can be read while `use` runs. */
async function useSubmodules<Value>(
  opening: Opening,
  [submodule, ...others]: readonly FoundSubmodule[],
  use: () => Promise<Value>,
): Promise<Value> {
  if (submodule === undefined) return use();
  const { commit, path, nodes, address, depth } = submodule;
  const { repositories, budget } = opening;
  if (depth >= deepestSubmodule) return budget.refuseTree(`Submodules are in each other ${depth} times`);
  const task = `${budget.task}, submodule "${path}"`;
  return useCommit(repositories, { url: address, commit, task }, async (present) => {
    const tree = await findTree({ reader: present.reader, budget }, commit, "");
    const project = { present, tree, dir: "", prefix: `${path}/`, depth: depth + 1 };
    const { root, found } = await walkProject(opening, project);
    for (const [name, node] of root.entries) nodes.set(name, node);
    return useSubmodules(opening, [...found, ...others], use);
  });
}
