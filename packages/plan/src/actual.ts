import type { AccountFiles } from "@firn/account";

/** What is at a path, without following a link there. */
export type PathState =
  | { readonly kind: "absent" }
  | { readonly kind: "symlink"; readonly target: string; readonly uid: number; readonly gid: number }
  | {
      readonly kind: "file";
      /** sha256 of the content; missing when it could not be read, or was not asked for. */
      readonly content?: string;
      /** Permissions, four octal digits. */
      readonly mode: string;
      readonly uid: number;
      readonly gid: number;
      /** Bytes. */
      readonly size: number;
    }
  | {
      readonly kind: "directory";
      readonly mode: string;
      readonly uid: number;
      readonly gid: number;
      readonly isEmpty: boolean;
    }
  /** A "socket", "pipe", "block device" or "character device"; or "unreadable", with -1 as owner: whoever asked may not look. */
  | { readonly kind: "other"; readonly what: string; readonly uid: number; readonly gid: number };

/** What systemd says about a unit. */
export interface UnitState {
  /** "loaded", "not-found", "masked", "bad-setting", … */
  readonly load: string;
  /** "active", "inactive", "failed", "activating", "deactivating", "reloading". */
  readonly active: string;
  readonly sub: string;
  /** Path of the unit file that it was loaded from; missing when there is none. */
  readonly fragment?: string;
  /** Text of that file, where it is none of Firn's. */
  readonly text?: string;
  /** The unit file of that name which the one at `fragment` hides, such as the distribution's; missing when it hides none. */
  readonly hidden?: { readonly path: string; readonly text: string };
  /** Exit status of a service's main process that ended. */
  readonly exitStatus?: number;
}

/** A service manager: that of the system, or of one user who is logged in or lingers. */
export interface ManagerState {
  /** Name of the user; missing: the system's. */
  readonly user?: string;
  readonly units: { readonly [name: string]: UnitState };
}

/** What is on the machine, of all that a plan needs to know. */
export interface Actual {
  /** By absolute path within the root; those that were asked for and what leads to them. */
  readonly paths: { readonly [path: string]: PathState };
  readonly accounts: AccountFiles;
  /** Names of users who are logged in or have processes. */
  readonly busyUsers: readonly string[];
  /** Empty where no systemd runs. */
  readonly managers: readonly ManagerState[];
  /** Device of the file system of each asked directory that exists, so that a rename across is foreseen. */
  readonly devices: { readonly [path: string]: number };
}

/** What a plan needs to know of a machine. */
export interface ActualQuestion {
  /** Absolute paths within the root. */
  readonly paths: readonly string[];
  /** Paths whose content is hashed if they are files. */
  readonly contents: readonly string[];
  /** Names of units of the system. */
  readonly units: readonly string[];
  /** Names of units by user. */
  readonly userUnits: { readonly [user: string]: readonly string[] };
}
