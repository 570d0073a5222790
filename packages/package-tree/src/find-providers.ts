import type { PackageInTree } from "./plan-tree.ts";
import type { TreeProgram } from "./tree-description.ts";

/**
 * Finds for each package those whose programs are meant by who asks for it. The
 * programs of many are in a part of their own: python3 is in python3-minimal,
 * which has the same source. A package that has none itself stands for those
 * that it needs: php-cli for php8.4-cli.
 */
export function findProviders(
  packages: readonly PackageInTree[],
  programs: readonly TreeProgram[],
): ReadonlyMap<PackageInTree, readonly string[]> {
  const withPrograms = new Set(programs.map((program) => program.package));
  const search = { needed: linkNeeds(packages), withPrograms };
  return new Map(packages.map((each) => [each, [...new Set(find(each, search))].toSorted()]));
}

/** What is known of all packages. */
interface ProviderSearch {
  readonly needed: ReadonlyMap<PackageInTree, readonly PackageInTree[]>;
  readonly withPrograms: ReadonlySet<string>;
}

function find(start: PackageInTree, search: ProviderSearch, seen = new Set<PackageInTree>()): string[] {
  if (seen.has(start)) return [];
  seen.add(start);
  const parts = listParts(start, search).map(({ item }) => item.name);
  const own = parts.filter((name) => search.withPrograms.has(name));
  if (own.includes(start.item.name) || start.contents.isLibrary) return own;
  const others = (search.needed.get(start) ?? []).filter(({ contents }) => !contents.isLibrary);
  return [...own, ...others.flatMap((other) => find(other, search, seen))];
}

/** Lists a package, and those of its source that it needs. */
function listParts(start: PackageInTree, { needed }: ProviderSearch): PackageInTree[] {
  const parts = new Set([start]);
  // A set goes on to what is added meanwhile.
  for (const part of parts)
    for (const other of needed.get(part) ?? []) if (other.contents.source === start.contents.source) parts.add(other);
  return [...parts];
}

function linkNeeds(packages: readonly PackageInTree[]): Map<PackageInTree, readonly PackageInTree[]> {
  const byName = indexBy(packages, ({ item }) => [item.name]);
  const byOther = indexBy(packages, ({ contents }) => contents.provides);
  const named = (name: string): readonly PackageInTree[] => byName.get(name) ?? byOther.get(name) ?? [];
  return new Map(packages.map((each) => [each, each.contents.needs.flatMap(named)]));
}

function indexBy(
  packages: readonly PackageInTree[],
  namesOf: (each: PackageInTree) => readonly string[],
): Map<string, PackageInTree[]> {
  const index = new Map<string, PackageInTree[]>();
  for (const each of packages)
    for (const name of namesOf(each)) {
      const there = index.get(name);
      if (there === undefined) index.set(name, [each]);
      else there.push(each);
    }
  return index;
}
