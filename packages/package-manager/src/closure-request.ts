import type { Mark } from "@firn/diagnostic";
import type { OwnCandidate } from "./own-candidate.ts";
import type { PackageRequest } from "./package-pin.ts";

/** A source that a closure may be made from. */
export interface ClosureSource {
  /** Name of the input. */
  readonly name: string;
  /** Whether packages come from it only where a request names it. */
  readonly isOnRequest: boolean;
}

/** Asks for a closure: the packages of a host, or of one of its users, with all that they need. */
export interface ClosureRequest {
  /** What the lock calls it: "web" for what a host installs, "web/homes/ada" for a tree; see `isTreeName`. */
  readonly name: string;
  /** In the manager's own words: "amd64". */
  readonly architecture: string;
  /** Those that come first are preferred where several have the same. */
  readonly sources: readonly ClosureSource[];
  readonly asked: readonly PackageRequest[];
  /** Which version of a package is taken, and from where, once something needs it. @default none */
  readonly chosen?: readonly PackageRequest[];
  /** Names that must not be in it. */
  readonly excluded: readonly string[];
  /** Packages that the flake makes itself. @default none */
  readonly own?: readonly OwnCandidate[];
  /** Where definitions ask for a package, by its name. */
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
}

/** Tells whether the packages of a closure are joined to a tree of their own, and not installed on a machine: such names have a slash. */
export function isTreeName(closure: string): boolean {
  return closure.includes("/");
}

/**
 * Orders the sources of a flake for a closure: those that it names come first,
 * and only they are used without being named by a package.
 *
 * @param usual missing: all that are not on request, in the order of the flake
 */
export function orderSources(sources: readonly ClosureSource[], usual: readonly string[] | undefined): ClosureSource[] {
  if (usual === undefined) return [...sources].toSorted((a, b) => Number(a.isOnRequest) - Number(b.isOnRequest));
  const others = sources.filter(({ name }) => !usual.includes(name));
  return [
    ...usual.map((name) => ({ name, isOnRequest: false })),
    ...others.map(({ name }) => ({ name, isOnRequest: true })),
  ];
}
