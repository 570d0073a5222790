import { findClosure } from "@firn/lock";
import { type LockedTree, toolsClosure } from "@firn/manifest";
import type { OwnPackage } from "@firn/own-package";
import { buildPackage } from "@firn/package-build";
import { type ClosureMember, ownSource } from "@firn/package-manager";
import { treeName } from "@firn/package-tree";
import { join } from "node:path";
import type { HostPackages, PackageFetch } from "./host-packages.ts";
import { placeTree } from "./place-trees.ts";

/**
 * Makes the packages of a host that the flake makes itself, unless the store has
 * them: whoever had the hash of a recipe then has that of a file.
 *
 * @throws DiagnosticError "build-failed", "integrity-mismatch", "fetch-failed", "no-namespace"
 */
export async function makeOwnPackages(packages: HostPackages, fetch: PackageFetch): Promise<HostPackages> {
  const made = new Map<string, Pick<ClosureMember, "sha256" | "size">>();
  const all = [...(packages.locked?.members ?? []), ...[...packages.trees.values()].flatMap(({ members }) => members)];
  const wanted = new Set(all.flatMap((each) => (each.source === ownSource ? [each.name] : [])));
  for (const own of packages.made.own.filter(({ name }) => wanted.has(name)))
    made.set(own.name, await makeOne(own, packages, fetch));
  const settle = (members: readonly ClosureMember[]): readonly ClosureMember[] =>
    members.map((each) => (each.source === ownSource ? { ...each, ...made.get(each.name) } : each));
  const trees = [...packages.trees].map(([owner, tree]): [string, LockedTree] => {
    const members = settle(tree.members);
    return [owner, { ...tree, members, folder: treeName(members) }];
  });
  const { locked } = packages;
  return {
    ...packages,
    ...(locked && { locked: { ...locked, members: settle(locked.members) } }),
    trees: new Map(trees),
  };
}

async function makeOne(
  own: OwnPackage,
  flake: HostPackages,
  fetch: PackageFetch,
): Promise<Pick<ClosureMember, "sha256" | "size">> {
  const { architecture, host } = flake.made;
  const { store, terminal } = fetch;
  const tools = findClosure(flake.lock, toolsClosure(host, own.name))?.packages;
  const { sha256, size } = await buildPackage({
    package: own,
    architecture,
    store,
    folder: join(store.folder, "builds"),
    environment: terminal.environment,
    progress: (line) => terminal.report(line),
    ...(tools && { tools, makeTree: async () => (await placeTree(tools, { flake, fetch })).tree }),
  });
  return { sha256, size };
}
