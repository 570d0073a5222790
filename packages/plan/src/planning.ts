import type { Manifest } from "@firn/manifest";
import type { InstalledPackage, PackageManager, PackageTarget, PackageUser } from "@firn/package-manager";
import type { Actual } from "./actual.ts";
import type { SwitchRecord } from "./record.ts";
import type { Scope } from "./scope.ts";

/** What a question follows from. */
export interface Questioned {
  readonly scope: Scope;
  readonly desired?: Manifest;
  readonly last?: Manifest;
  readonly record: SwitchRecord;
  /** /etc/passwd of the machine: it knows the homes of users that no manifest declares. @default none */
  readonly passwd?: string;
}

/** What a plan needs to know of packages, and of how their manager sees them. */
export interface PackagePlanning {
  /** What the machine has; missing: the manager is not there. */
  readonly installed?: readonly InstalledPackage[];
  readonly manager: Pick<PackageManager, "name" | "compareVersions"> & {
    readonly target: Pick<PackageTarget, "fileNameOf">;
  };
  /** Units that run, of packages and of what uses them. @default none */
  readonly users?: readonly PackageUser[];
  /** Units that packages start when they are installed, by the names of the packages. @default none */
  readonly starts?: ReadonlyMap<string, readonly string[]>;
}

/** What a plan follows from. */
export interface Planning {
  readonly scope: Scope;
  /** Missing: the machine goes back to what it was without Firn. */
  readonly desired?: Manifest;
  /** Name of the generation of `desired`. */
  readonly to?: string;
  readonly last?: { readonly manifest: Manifest; readonly name: string };
  readonly record: SwitchRecord;
  readonly actual: Actual;
  /** Missing: neither manifest has packages. */
  readonly packages?: PackagePlanning;
  /** Text of a content, for units. */
  contents(hash: string): string | undefined;
  /** Whether all that is in the way is taken over. */
  readonly takeOver: boolean;
  /** Days since 1970. */
  readonly today: number;
}
