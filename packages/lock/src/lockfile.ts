import type { InputPath, Requirement } from "@firn/input";
import type { PackageLock } from "./package-lock.ts";

/** Where a repository was when its input was locked. */
export interface GitPin {
  readonly want: Requirement;
  /** Version, for a requirement with `semver`. */
  readonly version?: string;
  /** Name of the tag of that version. */
  readonly tag?: string;
  /** The tag object; null for a tag without one. */
  readonly tagObject?: string | null;
  readonly commit: string;
  /** Id of the tree of the input's folder. */
  readonly tree: string;
  /** `sha256-` and the base64 of the SHA-256 of the NAR serialization of the input's folder. */
  readonly integrity: string;
  /** Path of the flake whose flake.yaml overrides what the input's own parent asks for; "." for the root. */
  readonly overriddenBy?: string;
}

/** An input that is a folder beside the flake that asks for it: it has no pin of its own. */
export interface PathPin {
  readonly want: Requirement;
  readonly overriddenBy?: string;
}

/** An input that is another one. */
export interface FollowsPin {
  /** Path of the other from the root; empty for the root itself. */
  readonly follows: InputPath;
  readonly overriddenBy?: string;
}

/** What one input resolved to. */
export type Pin = GitPin | PathPin | FollowsPin;

/** What a lockfile.json says: one pin per input path, the paths of inputs of inputs among them, and the packages. */
export interface Lockfile extends PackageLock {
  readonly lockfileVersion: 1;
  readonly inputs: Readonly<Record<InputPath, Pin>>;
}

/** The lock of a flake without inputs. */
export const emptyLock: Lockfile = { lockfileVersion: 1, inputs: {}, sources: {}, closures: {} };

/** Tells whether a pin holds a commit. */
export function isGitPin(pin: Pin): pin is GitPin {
  return "commit" in pin;
}

/** Tells whether a pin only points to another input. */
export function isFollowsPin(pin: Pin): pin is FollowsPin {
  return "follows" in pin;
}

/**
 * Finds the pin of an input. Reading `inputs[path]` instead would find what every
 * object has for an input named "constructor".
 */
export function findPin({ inputs }: Pick<Lockfile, "inputs">, path: InputPath): Pin | undefined {
  return Object.hasOwn(inputs, path) ? inputs[path] : undefined;
}
