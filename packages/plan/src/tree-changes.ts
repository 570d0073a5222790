import type { Manifest } from "@firn/manifest";
import type { TreeChange } from "./plan.ts";
import type { Scope } from "./scope.ts";

/** Lists what becomes of the packages that homes and services have for themselves, by owner and name. */
export function listTreeChanges(last: Manifest | undefined, desired: Manifest | undefined, scope: Scope): TreeChange[] {
  const [was, is] = [last, desired].map((manifest) => packagesOf(manifest, scope));
  const keys = [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].toSorted();
  return keys.flatMap((key) => {
    const [before, after] = [was?.get(key), is?.get(key)];
    if (before?.version === after?.version) return [];
    const { isAsked, name, owner } = after ?? before ?? nobody;
    return [
      {
        owner,
        name,
        isAsked,
        ...(before !== undefined && { before: before.version }),
        ...(after !== undefined && { after: after.version }),
      },
    ];
  });
}

interface PackageOfOwner extends Pick<TreeChange, "isAsked" | "name" | "owner"> {
  readonly version: string;
}

const nobody: PackageOfOwner = { owner: "", name: "", version: "", isAsked: false };

function packagesOf(manifest: Manifest | undefined, { kind, user }: Scope): Map<string, PackageOfOwner> {
  const trees = Object.entries(manifest?.trees ?? {}).filter(([owner]) => {
    return kind === "system" || owner === `homes/${user?.name ?? ""}`;
  });
  return new Map(
    trees.flatMap(([owner, { packages }]) =>
      Object.entries(packages).map(([name, { isAsked, version }]) => [
        `${owner}\0${name}`,
        { owner, name, version, isAsked },
      ]),
    ),
  );
}
