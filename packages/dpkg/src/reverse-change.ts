import type { InstalledPackage, PackageChange, PackageToInstall } from "@firn/package-manager";

/**
 * Makes the change that takes another back. Its files are those that
 * `renderKeep` kept, and those that were known to it.
 *
 * @param before what was installed before the change
 */
export function reverseChange(change: PackageChange, before: readonly InstalledPackage[]): PackageChange {
  const native = before.find(({ name }) => name === "dpkg")?.architecture;
  const keyOf = ({ architecture, name }: Pick<InstalledPackage, "name" | "architecture">): string =>
    // A package may run everywhere in one version, and be of the machine's own architecture in another.
    `${name}:${architecture === "all" ? native : architecture}`;
  const there = new Map(before.map((each) => [keyOf(each), each]));
  const touched = new Map([...change.install, ...change.remove].map((each) => [keyOf(each), each]));
  return {
    install: [...touched.keys()].flatMap((key): PackageToInstall[] => {
      const was = there.get(key);
      if (was === undefined) return [];
      const { architecture, isAsked, name, version } = was;
      return [{ name, version, architecture, isAsked, sha256: "" }];
    }),
    remove: change.install.flatMap(({ architecture, name, version }) =>
      there.has(keyOf({ name, architecture })) ? [] : [{ name, version, architecture }],
    ),
    mark: change.mark.flatMap(({ architecture, name }) => {
      const was = there.get(keyOf({ name, architecture }));
      return was === undefined ? [] : [{ name, architecture, isAsked: was.isAsked }];
    }),
    owned: change.owned,
  };
}
