import type { AccountMemory } from "@firn/account";
import type { PathState } from "./actual.ts";

/** Something of the user's that was in the way and is kept. */
export interface KeptPath {
  /** Name of the folder or file below `kept/` in the state folder. */
  readonly id: string;
  /** What it is. */
  readonly state: PathState;
}

/** What was there of a package before Firn managed it. */
export interface PackageBefore {
  /** Missing: it was not installed, and goes when Firn no longer has it. */
  readonly version?: string;
  readonly architecture: string;
  readonly isAsked: boolean;
}

/**
 * What Firn did on a machine and would not know from the manifest alone: needed
 * to take it back. Kept beside the current generation, readable to root alone.
 */
export interface SwitchRecord {
  readonly version: 1;
  /** By path: what was there before Firn. */
  readonly kept: { readonly [path: string]: KeptPath };
  /** Directories that Firn made, parents first. */
  readonly made: readonly string[];
  readonly accounts: AccountMemory | undefined;
  /** By name: packages that Firn manages, and what was there before it did; missing: none. */
  readonly packages?: { readonly [name: string]: PackageBefore };
  /** Paths that Firn gave up once for packages to have them: it takes them over again without asking; missing: none. */
  readonly givenUp?: readonly string[];
  /** Units that ran before Firn changed what defines them, to run again when it no longer does. By manager ("" is the system's) and unit. */
  readonly ranBefore: { readonly [manager: string]: readonly string[] };
  /** Number of the next kept thing. */
  readonly nextKept: number;
}

/** The record of a machine that Firn has not touched. */
export const emptyRecord: SwitchRecord = {
  version: 1,
  kept: {},
  made: [],
  accounts: undefined,
  ranBefore: {},
  nextKept: 1,
};
