import type { AccountChange, AccountFiles } from "@firn/account";
import type { PathState } from "./actual.ts";
import type { SwitchRecord } from "./record.ts";
import type { Scope } from "./scope.ts";

/** What Firn puts at a path; `source` is a path below the folder of the generation. */
export type PlacedState =
  | { readonly kind: "absent" }
  /** A link through `current`; its text is `linkTarget`. */
  | { readonly kind: "link"; readonly content: string; readonly source: string; readonly target: string }
  | { readonly kind: "symlink"; readonly target: string }
  | {
      readonly kind: "file";
      readonly content: string;
      readonly source: string;
      readonly mode: string;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly kind: "directory"; readonly mode: string; readonly uid: number; readonly gid: number }
  /** What the user had there before Firn. */
  | { readonly kind: "kept"; readonly id: string; readonly state: PathState };

/** What a step does to a path. */
export type FileAction =
  /** There was nothing. */
  | "add"
  /** Firn's own, with another content, target or kind. */
  | "change"
  /** Firn's own, with another mode or owner. */
  | "adjust"
  /** Firn's own goes, and nothing comes back. */
  | "remove"
  /** The user's own goes to `kept/`, and Firn's comes. */
  | "take-over"
  /** Firn's own goes, and the user's comes back. */
  | "give-back"
  /** Firn's own was changed or removed on the machine, and is made as it was. */
  | "repair";

/** A step for one path: directories that are made or removed included. */
export interface FileStep {
  readonly action: FileAction;
  readonly path: string;
  /** Who owns the home that the path is in; missing: it is the system's. */
  readonly user?: string;
  /** Who is to own a link that is placed; undefined where that is whoever runs the switch. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  readonly before: PathState;
  readonly after: PlacedState;
  /** Name below `kept/` that what is there gets: for "take-over", and for a "repair" or "remove" of what somebody edited. */
  readonly keep?: string;
  /** Content that the generation before has for it, for a content diff; missing where there was none. */
  readonly lastContent?: string;
}

/** What stands where Firn is to put something, and belongs to somebody else. */
export interface Collision {
  readonly path: string;
  readonly state: PathState;
  /** What Firn is to put there, in words: "a file", "a directory for /etc/x/y". */
  readonly wanted: string;
  /** Whether it is taken over: by the definition, or because it was asked for. */
  readonly isTakenOver: boolean;
}

/** What is done with a unit. */
export type UnitAction = "stop" | "start" | "restart" | "reload" | "skip";

/** A step for one unit. */
export interface UnitStep {
  readonly action: UnitAction;
  readonly unit: string;
  /** Name of the user whose manager it is; missing: the system's. */
  readonly user?: string;
  /** Why, in words: "[Service] ExecStart changed", "it is no longer defined". */
  readonly why: string;
  /** Whether it is stopped before the files change and started afterwards, rather than restarted after. */
  readonly isSplit?: true;
  /** Whether it must be running when the switch ends. */
  readonly mustRun: boolean;
  /** State before, for the way back. */
  readonly wasActive: boolean;
}

/** What is done with a package. */
export type PackageAction =
  | "install"
  | "upgrade"
  | "downgrade"
  | "remove"
  /** The version is right; only who asked for it changes. */
  | "mark"
  /** The version is right, and something that was interrupted left it broken. */
  | "repair";

/** A step for one package. */
export interface PackageStep {
  readonly action: PackageAction;
  readonly name: string;
  readonly architecture: string;
  /** What is there; missing: it is not installed. */
  readonly before?: { readonly version: string; readonly isAsked: boolean };
  /** What is to be there; missing: it goes. */
  readonly after?: {
    readonly version: string;
    readonly isAsked: boolean;
    /** Name of its file. */
    readonly file: string;
    /** sha256 of its file; missing: what was there before Firn comes back, from what is kept. */
    readonly content?: string;
    /** Bytes of its file; missing where the content is. */
    readonly size?: number;
  };
  /** Name of the file of what is there, as the manager calls it. */
  readonly fileBefore?: string;
  /** Its sha256, where the generation before has it; missing: it is rebuilt from what is installed, and kept. */
  readonly contentBefore?: string;
}

/** What becomes of a package that a home or a service has for itself: nothing is installed, and the files and units of the plan lead to it. */
export interface TreeChange {
  /** "homes/ada", "services/app". */
  readonly owner: string;
  readonly name: string;
  /** Whether it was asked for; otherwise others need it. */
  readonly isAsked: boolean;
  /** Versions; missing: it is not there. */
  readonly before?: string;
  readonly after?: string;
}

/** Paths that Firn gives up, and for which packages may have something. */
export interface GivenUpPaths {
  readonly paths: readonly string[];
  /** Names of packages that Firn brought: of those that were there before, missing configuration files were removed by somebody. */
  readonly brought: readonly string[];
}

/** A hook that runs. */
export interface HookStep {
  readonly name: string;
  readonly user?: string;
  readonly run: string;
  /** What takes it back, when the switch does not succeed: that of the generation before, or its undo. */
  readonly revert?: string;
  /** Why: the first of the files that change. */
  readonly why: string;
}

/** A check that runs. */
export interface CheckStep {
  readonly name: string;
  readonly run: string;
  /** Seconds. */
  readonly timeout: number;
}

/** A generation, as a plan names it. */
export interface GenerationName {
  /** Name of its folder in the store. */
  readonly name: string;
}

/**
 * All that a switch does, in the order of its lists; the same for the same
 * desired, last written and actual state. Holds no content and no secret.
 */
export interface Plan {
  readonly version: 1;
  readonly host: string;
  readonly scope: Scope;
  readonly from?: GenerationName;
  /** Missing: the machine goes back to what it was without Firn. */
  readonly to?: GenerationName;
  readonly files: readonly FileStep[];
  readonly accounts: readonly AccountChange[];
  readonly packages: readonly PackageStep[];
  /** Paths that packages leave alone, where some change. */
  readonly ownedPaths: readonly string[];
  /** Packages of homes and services that come, change and go; sorted by owner and name. */
  readonly trees: readonly TreeChange[];
  /** What Firn no longer has, and packages may have: theirs comes back. */
  readonly givenUp: GivenUpPaths;
  /** Names of files of packages from before Firn that are kept, on both sides of the switch. */
  readonly keptPackages: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly units: readonly UnitStep[];
  /** Users whose service manager reads its units anew; "" is the system's. */
  readonly reloadedManagers: readonly string[];
  readonly hooks: readonly HookStep[];
  readonly checks: { readonly before: readonly CheckStep[]; readonly after: readonly CheckStep[] };
  readonly collisions: readonly Collision[];
}

/** What carrying out a plan needs beside it, some of it not for every eye. */
export interface PlanDetails {
  /** New texts of account files that change. */
  readonly accountFiles: Partial<AccountFiles>;
  /** The texts they replace. */
  readonly accountFilesBefore: Partial<AccountFiles>;
  readonly record: SwitchRecord;
}
