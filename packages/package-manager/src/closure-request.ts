import type { Mark } from "@firn/diagnostic";
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
  /** What the lock calls it: "web", "web/ada". */
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
  /** Where definitions ask for a package, by its name. */
  readonly marks: ReadonlyMap<string, readonly Mark[]>;
}
