import type { ClosureMember } from "@firn/package-manager";
import { compareCodeUnits } from "./compare-code-units.ts";
import { isSameClosure, isSameSource } from "./merge-packages.ts";
import { findClosure, findSource, type PackageLock, type SourcePin } from "./package-lock.ts";

/** What became of the pin of a source. */
export interface SourceChange {
  readonly name: string;
  readonly kind: "added" | "removed" | "updated";
  /** Missing for what was added. */
  readonly before?: SourcePin;
  /** Missing for what was removed. */
  readonly after?: SourcePin;
}

/** A package of which a closure has another version, or another file. */
export interface MovedPackage {
  readonly before: ClosureMember;
  readonly after: ClosureMember;
}

/** What became of a closure. */
export interface ClosureChange {
  readonly name: string;
  readonly kind: "added" | "removed" | "updated";
  /** Each list is in the order of names. */
  readonly added: readonly ClosureMember[];
  readonly removed: readonly ClosureMember[];
  readonly moved: readonly MovedPackage[];
}

/** What changed of packages between two locks. */
export interface PackageChanges {
  /** In the order of names; only those that changed. */
  readonly sources: readonly SourceChange[];
  readonly closures: readonly ClosureChange[];
}

/** Compares what two locks say of packages. */
export function comparePackages(before: PackageLock, after: PackageLock): PackageChanges {
  const sources = namesOf(before.sources, after.sources).flatMap((name): SourceChange[] => {
    const [old, now] = [findSource(before, name), findSource(after, name)];
    if (isSameSource(old, now)) return [];
    return [{ name, kind: kindOf(old, now), ...(old && { before: old }), ...(now && { after: now }) }];
  });
  const closures = namesOf(before.closures, after.closures).flatMap((name): ClosureChange[] => {
    const [old, now] = [findClosure(before, name), findClosure(after, name)];
    if (isSameClosure(old, now)) return [];
    return [{ name, kind: kindOf(old, now), ...compareMembers(old?.packages ?? [], now?.packages ?? []) }];
  });
  return { sources, closures };
}

function namesOf(one: object, other: object): readonly string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].toSorted(compareCodeUnits);
}

function kindOf(before: unknown, after: unknown): "added" | "removed" | "updated" {
  if (before === undefined) return "added";
  return after === undefined ? "removed" : "updated";
}

function compareMembers(
  before: readonly ClosureMember[],
  after: readonly ClosureMember[],
): Pick<ClosureChange, "added" | "removed" | "moved"> {
  const [old, now] = [byPlace(before), byPlace(after)];
  return {
    added: [...now].filter(([place]) => !old.has(place)).map(([, member]) => member),
    removed: [...old].filter(([place]) => !now.has(place)).map(([, member]) => member),
    moved: [...now].flatMap(([place, member]): MovedPackage[] => {
      const one = old.get(place);
      const isSame = one === undefined || (one.version === member.version && one.sha256 === member.sha256);
      return isSame ? [] : [{ before: one, after: member }];
    }),
  };
}

/** A package that no longer runs on one architecture only, or no longer on all, is the same one. */
function byPlace(members: readonly ClosureMember[]): Map<string, ClosureMember> {
  const counts = new Map<string, number>();
  for (const { name } of members) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(
    members.map((member) => {
      const { architecture, name } = member;
      return [(counts.get(name) ?? 0) > 1 ? `${name}:${architecture}` : name, member];
    }),
  );
}
