import { type InputPath, joinInputPath, type Requirement } from "@firn/input";
import { findPin, type GitPin, isGitPin, isPinValid, type Lockfile } from "@firn/lock";

/** A lock that knows what the inputs of a flake were: the flake's own, or that of one of its users. */
export interface KnownPins {
  readonly lock: Lockfile;
  /** Path of the flake in that lock. */
  readonly at: InputPath;
}

/**
 * Finds the pin that locks have for an input, the first that is valid. A lock of
 * somebody else is only a hint where to start: what comes is hashed by ourselves.
 */
export function findSeed(known: readonly KnownPins[], name: string, want: Requirement): GitPin | undefined {
  return known
    .map(({ lock, at }) => findPin(lock, joinInputPath(at, name)))
    .filter((pin) => pin !== undefined && isGitPin(pin))
    .find((pin) => isPinValid(pin, want));
}

/**
 * Lists the locks that know the inputs of an input too: those that have it at the
 * very commit that it is now, or as the very folder.
 */
export function knownBelow(
  known: readonly KnownPins[],
  name: string,
  { want, commit }: { want: Requirement; commit?: string },
): KnownPins[] {
  return known
    .map(({ lock, at }) => ({ lock, at: joinInputPath(at, name) }))
    .filter(({ lock, at }) => {
      const pin = findPin(lock, at);
      if (pin === undefined || !isPinValid(pin, want)) return false;
      return isGitPin(pin) ? pin.commit === commit : commit === undefined;
    });
}
