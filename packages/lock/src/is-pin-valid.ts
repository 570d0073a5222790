import { isGitRequirement, isSameRequirement, type Requirement } from "@firn/input";
import { satisfies } from "semver";
import { isFollowsPin, isGitPin, type Pin } from "./lockfile.ts";

/**
 * Tells whether a pin is an answer to what is asked for now: the same requirement,
 * a version in its range, the very commit that it names. Prereleases are in a
 * range only where it names one of the same version.
 */
export function isPinValid(pin: Pin, want: Requirement): boolean {
  if (isFollowsPin(pin) || !isSameRequirement(pin.want, want)) return false;
  if (!isGitRequirement(want)) return !isGitPin(pin);
  if (!isGitPin(pin)) return false;
  const { version, tag, commit } = pin;
  if (want.rev !== undefined && want.rev !== commit) return false;
  if (want.semver === undefined) return version === undefined;
  return version !== undefined && tag !== undefined && satisfies(version, want.semver);
}
