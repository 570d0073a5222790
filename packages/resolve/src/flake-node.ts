import type { GitRequirement, InputPath } from "@firn/input";
import type { Source } from "./fetcher.ts";
import type { Ask } from "./ask.ts";
import type { KnownPins } from "./known-pins.ts";

/** Where the files of a flake are. */
export type Location =
  | { readonly kind: "local"; readonly folder: string }
  | {
      readonly kind: "git";
      readonly source: Source;
      readonly commit: string;
      readonly dir: string;
      readonly submodules: boolean;
    };

/** A flake among those that are locked, whose inputs are to be looked at. */
export interface FlakeNode {
  readonly path: InputPath;
  /** Whether its own pin is that of the previous lock, so that those of its inputs may be too. */
  readonly isKept: boolean;
  readonly location: Location;
  /** Flakes on the way from the root, itself included, by what they are. */
  readonly chain: readonly { readonly path: InputPath; readonly identity: string }[];
  /** Locks that say what its inputs were, the most binding first. */
  readonly known: readonly KnownPins[];
  readonly asks: readonly Ask[];
}

/** Names what a flake is: two with the same name are the same. */
export function identityOf(location: Location): string {
  return location.kind === "local"
    ? `path ${location.folder}`
    : `git ${location.source.git} ${location.commit} ${location.dir}`;
}

/** Joins the folder of a flake and a path that starts in it; `..` at the start means that it leaves the repository. */
export function joinFolder(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of [...folder.split("/"), ...path.split("/")]) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** Says where the files of a repository at a commit are. */
export function gitLocation(
  { mirrors }: Ask,
  { git, dir = "", submodules }: GitRequirement,
  commit: string,
): Location & { kind: "git" } {
  return { kind: "git", source: { git, mirrors }, commit, dir, submodules: submodules === true };
}
