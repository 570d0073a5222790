import type { ClosureMember, ClosureSource, PackageRequest, PackageSource, SourceState } from "@firn/package-manager";

/** What a lock was asked for when it pinned a source: where packages come from, but not from which mirror. */
export type SourceWant = Omit<PackageSource, "mirrors" | "keyring">;

/** A source in one state. */
export interface SourcePin extends SourceState {
  readonly want: SourceWant;
}

/** A source that a closure was made from, in the state of that moment. */
export interface ClosureOrigin extends ClosureSource {
  /** As the state of the source has it. */
  readonly date: string;
}

/** The packages that were found for a request, and the request. */
export interface Closure {
  readonly architecture: string;
  /** In the order of the request. */
  readonly sources: readonly ClosureOrigin[];
  readonly asked: readonly PackageRequest[];
  /** @default none */
  readonly chosen?: readonly PackageRequest[];
  readonly excluded: readonly string[];
  /** Packages that the flake makes itself and that there were to choose from: name and version, sorted. @default none */
  readonly own?: readonly string[];
  /** Sorted by name and architecture. */
  readonly packages: readonly ClosureMember[];
}

/** What a lock says of packages. */
export interface PackageLock {
  /** By the name of the input. */
  readonly sources: Readonly<Record<string, SourcePin>>;
  /** By the name of the request, such as "web" or "web/ada". */
  readonly closures: Readonly<Record<string, Closure>>;
}

/** Finds the pin of a source. */
export function findSource({ sources }: PackageLock, name: string): SourcePin | undefined {
  return Object.hasOwn(sources, name) ? sources[name] : undefined;
}

/** Finds a closure. */
export function findClosure({ closures }: PackageLock, name: string): Closure | undefined {
  return Object.hasOwn(closures, name) ? closures[name] : undefined;
}

/** Makes the part of a lock that says something of packages. */
export function packageLockOf(
  sources: ReadonlyMap<string, SourcePin>,
  closures: ReadonlyMap<string, Closure>,
): PackageLock {
  return { sources: recordOf(sources), closures: recordOf(closures) };
}

/** Without what every object has: a host may be named "constructor". */
function recordOf<Value>(values: ReadonlyMap<string, Value>): Readonly<Record<string, Value>> {
  const record = Object.create(null) as Record<string, Value>; // Object.create has no type of its own.
  for (const [name, value] of values) record[name] = value;
  return record;
}
