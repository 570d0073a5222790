export { buildTree, type TreeToBuild } from "./build-tree.ts";
export { type NamedPackage, treeName } from "./tree-name.ts";
export type { TreePackage } from "./tree-package.ts";
export {
  listPrograms,
  type PackageOfTree,
  readTreeDescription,
  type TreeDescription,
  type TreeProgram,
} from "./tree-description.ts";
export type { Collision } from "./plan-tree.ts";
export { type CollectedTrees, collectTrees, removeTree, type TreesToCollect } from "./collect-trees.ts";
export { listMissing } from "./list-missing.ts";
