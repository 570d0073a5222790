import type { Diagnostic } from "@firn/diagnostic";
import type { OwnCandidate } from "./own-candidate.ts";
import type { ClosureMember, PackagePin, PackageRequest } from "./package-pin.ts";
import type { LockedSource, PackageSource, SourceState } from "./package-source.ts";
import type { PackageTarget } from "./package-target.ts";

/** Something wrong with what was asked for. */
export interface PackageProblem {
  /** Without marks: whoever knows the definitions adds them. */
  readonly diagnostic: Diagnostic;
  /** Names of the requests that it is about; empty when it is about a source. */
  readonly names: readonly string[];
}

/** A value, or why there is none; a value may have warnings. */
export type PackageAnswer<Value> =
  | { readonly value: Value; readonly problems: readonly PackageProblem[] }
  | { readonly value?: never; readonly problems: readonly PackageProblem[] };

/** What a closure is decided from. Equal requests have equal answers, on whatever machine. */
export interface ResolveRequest {
  readonly sources: readonly LockedSource[];
  readonly architecture: string;
  readonly asked: readonly PackageRequest[];
  /** Which version of a package is taken, and from where, once something needs it; none of them is asked for by that. @default none */
  readonly chosen?: readonly PackageRequest[];
  /** Names that must not be in the closure. */
  readonly excluded: readonly string[];
  /** Packages that the flake makes itself: taken wherever their name is needed, unless a request names another source or version. @default none */
  readonly own?: readonly OwnCandidate[];
}

/** What a source has of a package. */
export interface PackageFacts {
  readonly pin: PackagePin;
  /** One line. */
  readonly summary: string;
  /** Whether a list of security updates has it. */
  readonly isSecurity: boolean;
}

/**
 * A package manager, from the side of a flake: which packages there are, and
 * which of them fulfil what is asked for. Needs no root, and touches no package
 * of the machine it runs on. Implementations are in higher layers.
 */
export interface PackageManager {
  /** What sources name it: "apt". */
  readonly name: string;
  /** Names of the packages that a tree has beside those it is asked for, since nothing of the machine's own is there: those that others need without saying so. */
  readonly base: readonly string[];
  /** Reads what a source has now, or had at its snapshot, and checks that its keys vouch for every list. */
  readSource(source: PackageSource): Promise<PackageAnswer<SourceState>>;
  /**
   * Finds the packages that fulfil a request, sorted by name and architecture.
   * Obtains the lists of the locked states first, unless this machine has them.
   */
  resolve(request: ResolveRequest): Promise<PackageAnswer<readonly ClosureMember[]>>;
  /** Lists the names of all packages of sources, sorted. */
  listNames(sources: readonly LockedSource[], architecture: string): Promise<PackageAnswer<readonly string[]>>;
  /** Finds what sources have of some packages by name, the newest version of each. */
  describe(request: ResolveRequest): Promise<PackageAnswer<ReadonlyMap<string, PackageFacts>>>;
  /** Orders two versions, as a comparator of `sort` does: the older first. */
  compareVersions(one: string, other: string): number;
  /** Addresses at which the file of a package may be, best first. */
  addressesOf(pin: PackagePin, source: PackageSource, state: SourceState): readonly string[];
  /** What installs its packages on a machine. */
  readonly target: PackageTarget;
}
