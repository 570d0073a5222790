import { type CollectedTrees, collectTrees } from "@firn/package-tree";
import type { Store } from "@firn/store";
import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** How long a tree stays that somebody was in a shell with, in milliseconds: two weeks. */
const patience = 14 * 24 * 3_600_000;

const hour = 3_600_000;

/** Removes trees and profiles that no generation of a store leads to, no shell of the last two weeks, and no build of the last hour. */
export function collectTreesOf(store: Store): CollectedTrees {
  const { folder } = store;
  const shells = join(folder, "shells");
  const used = list(shells).filter((name) => Date.now() - statSync(join(shells, name)).mtimeMs < patience);
  for (const name of list(shells).filter((each) => !used.includes(each))) rmSync(join(shells, name), { force: true });
  const kept = (kind: string): Set<string> =>
    new Set(store.list().flatMap((name) => list(join(store.find(name) ?? "", kind))));
  const profiles = kept("profiles");
  for (const name of list(join(folder, "profiles")).filter((each) => !profiles.has(each))) {
    const place = join(folder, "profiles", name);
    // A build may be at work that has made it, and no generation yet.
    if (Date.now() - statSync(place).mtimeMs > hour) rmSync(place, { recursive: true, force: true });
  }
  // What was built, and is in no generation, is built again from what the store may still have.
  if (store.list().length === 0) rmSync(join(folder, "builds"), { recursive: true, force: true });
  // Wrappers are written anew when they are asked for.
  if (used.length === 0)
    for (const name of ["wrappers", "shell-starts"]) rmSync(join(folder, name), { recursive: true, force: true });
  if (!["trees", "unpacked", "unfinished"].some((name) => existsSync(join(folder, name))))
    return { trees: 0, packages: 0 };
  return collectTrees({ folder, keep: [...kept("trees"), ...used] });
}

function list(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
