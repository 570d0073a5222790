import { existsSync } from "node:fs";
import { join } from "node:path";
import type { TreePackage } from "./tree-package.ts";
import { unpackedFolder } from "./unpack-packages.ts";

/** Lists the hashes of those packages whose files a tree would need: none where the tree is there, and none of a package that is unpacked. */
export function listMissing(packages: readonly Pick<TreePackage, "sha256">[], folder: string): string[] {
  return packages.map(({ sha256 }) => sha256).filter((sha256) => !existsSync(join(unpackedFolder(folder, { sha256 }))));
}
