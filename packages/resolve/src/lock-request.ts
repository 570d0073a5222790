import type { Diagnostic } from "@firn/diagnostic";
import type { FlakeManifest, InputLimits, InputPath } from "@firn/input";
import type { Lockfile } from "@firn/lock";
import type { Fetcher, LocalReader } from "./fetcher.ts";

/** What a lock is computed from, and what of it may change. */
export interface LockRequest {
  /** The root's flake.yaml. */
  readonly manifest: FlakeManifest;
  /** The lock as it is. Its pins that are still valid are kept, and cost nothing. */
  readonly previous?: Lockfile;
  /** Inputs whose pins are dropped, with all that is below them; "all" drops the whole lock. @default none */
  readonly update?: "all" | readonly InputPath[];
  /** Inputs that have no valid pin whatever the lock says, such as those that a merge could not settle. @default none */
  readonly unsettled?: readonly InputPath[];
  /** What to take of an input instead of the newest: a version for `semver`, a commit, branch or tag for `ref`. */
  readonly overrides?: ReadonlyMap<InputPath, string>;
  /** Inputs whose tag may lead to another commit than the lock has. @default none */
  readonly acceptMovedTags?: readonly InputPath[];
  /** Missing when nothing may be fetched: what would have to be is then `stale-lock`. */
  readonly fetcher?: Fetcher;
  readonly local: LocalReader;
  /** @default defaultLimits */
  readonly limits?: InputLimits;
}

/** The lock, or why there is none. */
export interface LockOutcome {
  /** Missing when there is an error among the diagnostics. */
  readonly lock?: Lockfile;
  readonly diagnostics: readonly Diagnostic[];
}
