export {
  emptyLock,
  findPin,
  type FollowsPin,
  type GitPin,
  isFollowsPin,
  isGitPin,
  type Lockfile,
  type PathPin,
  type Pin,
} from "./lockfile.ts";
export { type ParsedLock, parseLock, type ParseLockOptions } from "./parse-lock.ts";
export { renderLock } from "./render-lock.ts";
export { isPinValid } from "./is-pin-valid.ts";
export { type FollowedInput, resolveFollows } from "./resolve-follows.ts";
export { comparePins, type PinChange } from "./compare-pins.ts";
export { describePin } from "./describe-pin.ts";
export { type MergedLocks, mergeLocks } from "./merge-locks.ts";
export { mergeConflicted, type MergeOutcome } from "./merge-conflicted.ts";
export { type DriverOutcome, mergeDriver, type MergeTexts } from "./merge-driver.ts";
export {
  type Closure,
  type ClosureOrigin,
  findClosure,
  findSource,
  type PackageLock,
  packageLockOf,
  type SourcePin,
  type SourceWant,
} from "./package-lock.ts";
export {
  type ClosureChange,
  comparePackages,
  type MovedPackage,
  type PackageChanges,
  type SourceChange,
} from "./compare-packages.ts";
