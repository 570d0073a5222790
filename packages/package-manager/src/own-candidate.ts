import type { PackagePin } from "./package-pin.ts";

/** What pins of packages that a flake makes itself have for a source; no input can be called so. */
export const ownSource = "own";

/**
 * A package that a flake makes itself, which is preferred to those of all
 * sources. In an answer it has the source `ownSource`, the size 0 and no path:
 * there is no file of it yet.
 */
export interface OwnCandidate extends Pick<PackagePin, "name" | "version" | "architecture"> {
  /** Hash of all that it is made from, which a pin has instead of that of a file: 64 hexadecimal digits. */
  readonly sha256: string;
  /** One line. */
  readonly summary: string;
  /** In the manager's own words, as "libc6 (>= 2.36)"; likewise those that follow. */
  readonly depends: readonly string[];
  readonly provides: readonly string[];
  readonly conflicts: readonly string[];
  readonly replaces: readonly string[];
}
