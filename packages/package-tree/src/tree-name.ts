import { createHash } from "node:crypto";
import type { TreePackage } from "./tree-package.ts";

/** What tells a package from others. */
export type NamedPackage = Omit<TreePackage, "file">;

/** Changes with what a tree looks like, so that those of before are not taken for new ones. */
const format = 1;

/** Names the folder of the tree of some packages, 64 hexadecimal digits, whether it is there or not. */
export function treeName(packages: readonly NamedPackage[]): string {
  return createHash("sha256")
    .update([`tree ${format}`, ...inOrder(packages).map(orderOf)].join("\n"))
    .digest("hex");
}

/** Sorts packages in the one order in which they are joined. */
export function inOrder<T extends NamedPackage>(packages: readonly T[]): readonly T[] {
  return packages.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

function orderOf({ architecture, name, sha256, version }: NamedPackage): string {
  return [name, version, architecture, sha256].join("\0");
}
