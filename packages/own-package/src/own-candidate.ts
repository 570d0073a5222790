import type { OwnCandidate } from "@firn/package-manager";
import type { OwnPackage } from "./own-package.ts";
import { type Circumstances, ownArchitecture, recipeHash } from "./recipe-hash.ts";

/** So many digits of a hash tell the recipes of one package apart. */
const digits = 10;

/** Gives a package a version that another recipe does not have: "1.7+firn.3fa9c1d204". @param hash that of its recipe */
export function ownVersion({ version }: Pick<OwnPackage, "version">, hash: string): string {
  return `${version}+firn.${hash.slice(0, digits)}`;
}

/** Describes a package for whoever decides which packages a closure has. */
export function ownCandidate(own: OwnPackage, circumstances: Circumstances): OwnCandidate {
  const { conflicts = [], depends = [], name, provides = [], replaces = [], summary } = own;
  const sha256 = recipeHash(own, circumstances);
  const architecture = ownArchitecture(own, circumstances);
  const version = ownVersion(own, sha256);
  return { name, version, architecture, sha256, summary, depends, provides, conflicts, replaces };
}
