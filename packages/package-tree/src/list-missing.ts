import { existsSync } from "node:fs";
import type { TreePackage } from "./tree-package.ts";
import { unpackedFolder } from "./unpack-packages.ts";

/** Lists the hashes of those packages whose files are needed to build a tree: that are not unpacked yet. @param folder where trees are kept */
export function listMissing(packages: readonly Pick<TreePackage, "sha256">[], folder: string): string[] {
  return packages.map(({ sha256 }) => sha256).filter((sha256) => !existsSync(unpackedFolder(folder, { sha256 })));
}
