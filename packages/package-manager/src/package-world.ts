import type { PackageManager } from "./package-manager.ts";
import type { PackageSource } from "./package-source.ts";

/** A package as a contract describes it, in no manager's words. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  /** What it needs: of each list one, the first that there is. @default nothing */
  readonly needs?: readonly (readonly string[])[];
  /** Names of packages that cannot be there with it. @default none */
  readonly conflicts?: readonly string[];
  /** Names in whose place it can be. @default none */
  readonly provides?: readonly string[];
}

/** A package manager and archives that it reads, for one test; it cleans up after the test by itself. */
export interface PackageWorld {
  readonly manager: Omit<PackageManager, "target">;
  /** Versions that the manager takes, the older first. */
  readonly versions: readonly [first: string, second: string, third: string];
  /** Gives an archive these packages and no others, in a state that is a day newer than the one before; says how a flake names it. */
  publish(archive: string, packages: readonly PublishedPackage[]): PackageSource;
  /** Changes what an archive says, behind the back of whoever signs it. */
  tamper(archive: string): void;
  /** Takes an archive away. */
  remove(archive: string): void;
}
