import {
  type ClosureChange,
  comparePackages,
  type MovedPackage,
  type PackageChanges,
  type PackageLock,
  type SourceChange,
} from "@firn/lock";
import type { ClosureMember } from "@firn/package-manager";
import type { PackageResolver } from "@firn/resolve";
import type { FlakeManifest } from "@firn/input";

/** What became of a package in some closures. */
export interface PackageMove {
  readonly name: string;
  readonly kind: "added" | "removed" | "updated" | "downgraded";
  /** Missing for what was added. */
  readonly before?: string;
  /** Missing for what was removed. */
  readonly after?: string;
  /** Bytes of the file that has to be fetched; missing for what was removed. */
  readonly size?: number;
  readonly source: string;
  readonly isSecurity: boolean;
  /** Names of the closures, in their order. */
  readonly closures: readonly string[];
}

/** What changed between two locks, closure by closure and package by package. */
export interface ShownPackages extends PackageChanges {
  /** In the order of names, each once however many closures have it. */
  readonly moves: readonly PackageMove[];
}

/** What is known of packages beside the locks. */
export interface KnownPackages {
  readonly sources: FlakeManifest["sources"];
  readonly managers: ReadonlyMap<string, PackageResolver>;
}

/** What tells of packages; managers are only opened where versions changed. */
export interface PackageKnowledge extends Pick<KnownPackages, "sources"> {
  openManagers(): Promise<KnownPackages["managers"]>;
}

/** Compares the packages of two locks, and tells security updates and downgrades from others. */
export async function describeChanges(
  before: PackageLock,
  after: PackageLock,
  { openManagers, sources }: PackageKnowledge,
): Promise<ShownPackages> {
  const changes = comparePackages(before, after);
  const isMoved = changes.closures.some(({ moved }) => moved.length > 0);
  const known: KnownPackages = { sources, managers: isMoved ? await openManagers() : new Map<string, never>() };
  const secure = await findSecurityUpdates(changes, after, known);
  const moves = new Map<string, PackageMove & { readonly closures: string[] }>();
  for (const closure of changes.closures) {
    for (const move of movesOf(closure, known)) {
      const { after: now, architecture, before: old, name, source } = move;
      const key = JSON.stringify([name, old, now, architecture, source]);
      const found = moves.get(key);
      if (found !== undefined) found.closures.push(closure.name);
      else moves.set(key, { ...move, isSecurity: secure.has(keyOf(name, now)), closures: [closure.name] });
    }
  }
  const sorted = [...moves.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return { ...changes, moves: sorted };
}

function keyOf(name: string, version = ""): string {
  return `${name} ${version}`;
}

type Move = Omit<PackageMove, "isSecurity" | "closures"> & { readonly architecture: string };

function movesOf({ added, moved, removed }: ClosureChange, known: KnownPackages): Move[] {
  return [
    ...added.map((pin) => ({ ...placeOf(pin), kind: "added" as const, after: pin.version, size: pin.size })),
    ...removed.map((pin) => ({ ...placeOf(pin), kind: "removed" as const, before: pin.version })),
    ...moved.map((pair) => ({
      ...placeOf(pair.after),
      kind: isDowngrade(pair, known) ? ("downgraded" as const) : ("updated" as const),
      before: pair.before.version,
      after: pair.after.version,
      size: pair.after.size,
    })),
  ];
}

function placeOf({ architecture, name, source }: ClosureMember): Pick<Move, "architecture" | "name" | "source"> {
  return { name, source, architecture };
}

function isDowngrade({ after, before }: MovedPackage, { managers, sources }: KnownPackages): boolean {
  const manager = managers.get(sources[after.source]?.source.manager ?? "");
  return manager !== undefined && manager.compareVersions(after.version, before.version) < 0;
}

/** Finds the new versions that a list of security updates has. Where it cannot be told, none is called so. */
async function findSecurityUpdates(
  { closures }: PackageChanges,
  { closures: locked, sources: pins }: PackageLock,
  { managers, sources }: KnownPackages,
): Promise<ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const { moved, name } of closures) {
    const architecture = locked[name]?.architecture ?? "";
    for (const { after } of moved) wanted.set(architecture, (wanted.get(architecture) ?? new Set()).add(after.name));
  }
  const usable = Object.entries(sources).flatMap(([name, { isOnRequest, source }]) => {
    const state = pins[name];
    return state === undefined ? [] : [{ name, source, state, isOnRequest }];
  });
  const asking = [...wanted].flatMap(([architecture, names]) =>
    [...managers].map(async ([kind, manager]): Promise<string[]> => {
      const own = usable.filter(({ source }) => source.manager === kind);
      const asked = [...names].map((name) => ({ name }));
      const { value = [] } = await manager.describe({ sources: own, architecture, asked, excluded: [] });
      return [...value].flatMap(([name, { isSecurity, pin }]) => (isSecurity ? [keyOf(name, pin.version)] : []));
    }),
  );
  return new Set((await Promise.all(asking)).flat());
}

/** Gives changes as plain data for `--json`. */
export function packagesData({ closures, moves, sources }: ShownPackages): object {
  return {
    sources: sources.map(sourceData),
    closures: closures.map(({ added, kind, moved, name, removed }) => {
      return { name, kind, added: added.length, removed: removed.length, moved: moved.length };
    }),
    packages: moves,
  };
}

function sourceData({ after, before, kind, name }: SourceChange): object {
  return { name, kind, ...(before && { before: before.date }), ...(after && { after: after.date }) };
}
