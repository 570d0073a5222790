import type { ClosureMember } from "@firn/package-manager";
import { type LockedTrees, type Manifest, profilePath } from "@firn/manifest";
import { buildTree, listMissing } from "@firn/package-tree";
import { writeProfile } from "@firn/package-shell";
import { join } from "node:path";
import { counted } from "../counted.ts";
import { fetchPackages, type LockedFlake, type Moved, type PackageFetch } from "./host-packages.ts";

/** Where trees are placed, and what they are made from. */
export interface TreePlacement {
  readonly flake: LockedFlake;
  readonly fetch: PackageFetch;
}

/** Builds a tree in the store, unless it is there: fetches what was never unpacked, and joins it. @returns its folder, and what was fetched */
export async function placeTree(
  members: readonly ClosureMember[],
  { fetch, flake }: TreePlacement,
): Promise<Moved & { readonly tree: string }> {
  const { store, terminal } = fetch;
  const folder = store.folder;
  const missing = new Set(listMissing(members, folder));
  const { bytes, fetched, hold } = await fetchPackages(
    members.filter(({ sha256 }) => missing.has(sha256)),
    flake,
    fetch,
  );
  try {
    const packages = members.map(({ architecture, name, sha256, version }) => {
      return { name, version, architecture, sha256, file: store.findContent(sha256) ?? "" };
    });
    const progress = (done: number, total: number): void =>
      terminal.showProgress?.(`Unpacking packages: ${done} of ${counted(total, "package")}`);
    const tree = await buildTree({ packages, folder, progress });
    terminal.showProgress?.("");
    return { tree, bytes, fetched };
  } finally {
    hold.release();
  }
}

/** What of a host needs trees. */
export interface TreesToPlace {
  readonly trees: LockedTrees;
  readonly manifest: Manifest;
}

/** Builds the trees of a host and the profiles of its homes, as its generation leads to them. */
export async function placeTrees({ manifest, trees }: TreesToPlace, placement: TreePlacement): Promise<Moved> {
  const moved = { fetched: 0, bytes: 0 };
  const { folder, seenAs: onMachine } = placement.fetch.store;
  for (const [owner, { asked, folder: name, members }] of trees) {
    const { bytes, fetched, tree } = await placeTree(members, placement);
    moved.fetched += fetched;
    moved.bytes += bytes;
    const profile = manifest.homes[owner.replace(/^homes\//, "")]?.files[profilePath];
    if (!owner.startsWith("homes/") || profile?.kind !== "profile") continue;
    const seenAs = join(onMachine, "trees", name);
    writeProfile({ tree, seenAs, place: join(folder, "profiles", profile.folder), packages: asked });
  }
  return moved;
}
