import type { PackageTarget } from "@firn/package-manager";
import type { Plan } from "@firn/plan";

/** What the next generation of a machine is called. */
export interface SwitchNames {
  /** Name of the folder below `installed/`. */
  readonly installed: string;
  /** Name of the folder below `installed/` that is current; missing at the first switch. */
  readonly installedBefore?: string;
  /** Number of the generation; missing when the machine goes back to what it was without Firn. */
  readonly number?: number;
  /** Whether no generation has had that number before. */
  readonly isNewNumber?: boolean;
  /** What changes packages; needed where a plan has some. */
  readonly packageTarget?: PackageTarget;
}

/** What the scripts are made of. */
export interface Switching {
  readonly plan: Plan;
  readonly names: SwitchNames;
  /** Names of the account files that change. */
  readonly accounts: readonly string[];
}
