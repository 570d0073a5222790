import type { Diagnostic } from "@firn/diagnostic";
import type { FlakeManifest, SourceDeclaration } from "@firn/input";
import { findSource, type PackageLock, type SourcePin, type SourceWant } from "@firn/lock";
import { atSource, staleSource } from "./package-problem.ts";

/** Finds the sources of which the lock has no state, or that of something else than flake.yaml asks for. */
export function findStaleSources(sources: FlakeManifest["sources"], lock: PackageLock): Diagnostic[] {
  return Object.entries(sources).flatMap(([name, declaration]) => {
    const before = findSource(lock, name);
    if (before !== undefined && isSameWant(before.want, wantOf(declaration))) return [];
    return [atSource(staleSource(name, before), declaration).diagnostic];
  });
}

/** Gives what of a declaration a lock notes: where packages come from, but not from which mirror. */
export function wantOf({ source }: SourceDeclaration): SourceWant {
  const { keyring: _keyring, mirrors: _mirrors, ...want } = source;
  return want;
}

/** Tells whether the same is asked for, in whatever order the parts of it are. */
export function isSameWant(one: SourceWant, other: SourceWant): boolean {
  return wantText(one) === wantText(other);
}

function wantText({ address, architectures, keys, manager, parts, snapshot }: SourceWant): string {
  const sorted = Object.entries(parts).toSorted(([name], [other]) => (name < other ? -1 : 1));
  return JSON.stringify([manager, address, sorted, architectures, keys, snapshot ?? ""]);
}

/** Tells whether a source went back in time: somebody may be holding it back, and only who asks for a moment gets it. */
export function isOlder(now: SourcePin, before: SourcePin): boolean {
  const placeOf = ({ want: { address, parts } }: SourcePin): string =>
    wantText({ manager: "", address, parts, architectures: [], keys: [] });
  const isSamePlace = placeOf(now) === placeOf(before);
  return isSamePlace && now.want.snapshot === undefined && Date.parse(now.date) < Date.parse(before.date);
}

/** Gives the lists of a pin as data that is equal for equal ones. */
export function listsOf(pin: SourcePin | undefined): unknown {
  return Object.entries(pin?.lists ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
