import { type InputPath, joinInputPath, type Requirement } from "@firn/input";
import { type GitPin, isGitPin, isPinValid, type Lockfile } from "@firn/lock";

/** A lock that knows what the inputs of a flake were: the flake's own, or that of one of its users. */
export interface KnownPins {
  readonly lock: Lockfile;
  /** Path of the flake in that lock. */
  readonly at: InputPath;
}

/** A pin that another lock has for an input. */
export interface Seed {
  readonly pin: GitPin;
  /** Where the same lock has the inputs of that input. */
  readonly below: KnownPins;
}

/**
 * Finds what locks say of an input, the first that has a valid pin. A lock of
 * somebody else is only a hint where to start: what comes is hashed by ourselves.
 */
export function findSeed(known: readonly KnownPins[], name: string, want: Requirement): Seed | undefined {
  for (const { lock, at } of known) {
    const path = joinInputPath(at, name);
    const pin = lock.inputs[path];
    if (pin !== undefined && isGitPin(pin) && isPinValid(pin, want)) return { pin, below: { lock, at: path } };
  }
  return undefined;
}
