import type { FlakeManifest } from "@firn/input";
import type { PackageLock } from "@firn/lock";

/** Tells whether a flake has anything to do with packages, or its lock still has. */
export function hasPackages({ sources }: FlakeManifest, lock: PackageLock): boolean {
  return [sources, lock.sources, lock.closures].some((part) => Object.keys(part).length > 0);
}
