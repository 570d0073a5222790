import { existsSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { joinTree } from "./join-tree.ts";
import { explainTreeFailure } from "./tree-failure.ts";
import { inOrder, treeName } from "./tree-name.ts";
import type { TreePackage } from "./tree-package.ts";
import { codeOf, withUnfinishedFolder } from "./unfinished-folder.ts";
import { keep, makeDurable, unpackPackages } from "./unpack-packages.ts";
import { makeForAll } from "./write-for-all.ts";

/** What to join. */
export interface TreeToBuild {
  /** In any order: equal sets have equal trees. */
  readonly packages: readonly TreePackage[];
  /** Where trees are kept, and packages that are unpacked; absolute. */
  readonly folder: string;
  /** Is told how many packages are unpacked, of those that were not. */
  readonly progress?: (done: number, total: number) => void;
}

/**
 * Builds the tree of a set of packages, unless it is there: unpacks those that
 * are new, and joins all by hard links to what a machine with only them would
 * have in /usr. No script of a package runs. It belongs to whoever builds it.
 *
 * @returns its folder, whose usr is to be mounted on /usr
 * @throws DiagnosticError "tree-failed" when packages cannot be unpacked or the folder cannot be written,
 * "integrity-mismatch" when a file is not the one that its hash says
 */
export async function buildTree({ folder, packages, progress }: TreeToBuild): Promise<string> {
  const sorted = inOrder(packages);
  const tree = join(folder, "trees", treeName(packages));
  if (isUsed(tree)) return tree;
  try {
    makeForAll(join(folder, "trees"));
    await unpackAndJoin(sorted, { folder, tree, tries: 3, ...(progress && { progress }) });
  } catch (thrown) {
    throw explainTreeFailure(folder, thrown);
  }
  return tree;
}

interface TreeWork {
  readonly folder: string;
  readonly tree: string;
  readonly tries: number;
  readonly progress?: (done: number, total: number) => void;
}

async function unpackAndJoin(packages: readonly TreePackage[], work: TreeWork): Promise<void> {
  const { folder, tree, tries } = work;
  await unpackPackages(packages, work);
  try {
    await withUnfinishedFolder(folder, async (unfinished) => {
      const joined = join(unfinished, "tree");
      joinTree(packages, folder, joined);
      await makeDurable(joined);
      keep(joined, tree);
    });
  } catch (thrown) {
    // Another process collects garbage, and did not know of this one.
    if (codeOf(thrown) !== "ENOENT" || tries <= 1) throw thrown;
    await unpackAndJoin(packages, { ...work, tries: tries - 1 });
  }
}

/** Whether a tree is there; notes that it was asked for. */
function isUsed(tree: string): boolean {
  const now = new Date();
  try {
    utimesSync(join(tree, "tree.json"), now, now);
    return true;
  } catch {
    // That of somebody else can be used as well.
    return existsSync(join(tree, "tree.json"));
  }
}
