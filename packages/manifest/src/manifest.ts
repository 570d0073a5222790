/** sha256 of a content, as 64 hexadecimal digits. */
export type ContentHash = string;

/** A file that Firn manages. */
export type ManagedFile =
  | ManagedLink
  | ManagedRealFile
  | ManagedProfileLink
  /** A symbolic link to wherever its target says. */
  | { readonly kind: "symlink"; readonly target: string };

/** A link to the content in the current generation: contents of all such files change at once. Everyone may read it. */
export interface ManagedLink {
  readonly kind: "link";
  readonly content: ContentHash;
  readonly executable?: true;
}

/** A file of its own, with mode and owner. */
export interface ManagedRealFile {
  readonly kind: "file";
  readonly content: ContentHash;
  /** Permissions, four octal digits such as "0644". */
  readonly mode: string;
  /** Name or number. */
  readonly user: string;
  readonly group: string;
}

/** A link to a folder of the current generation with programs for a PATH, each of which runs in a tree. */
export interface ManagedProfileLink {
  readonly kind: "profile";
  /** Key in `trees`. */
  readonly tree: string;
  /** Name of the folder in `profiles` of the generation; follows from the programs in it. */
  readonly folder: ContentHash;
}

/** A directory that is to be there; what is in it is not managed. */
export interface ManagedDirectory {
  /** Permissions, four octal digits such as "0755". */
  readonly mode: string;
  readonly user: string;
  readonly group: string;
}

/** A user account. */
export interface ManagedUser {
  /** Missing: a free one is taken, and kept for good. */
  readonly uid?: number;
  /** Name of the primary group. */
  readonly group: string;
  readonly extraGroups: readonly string[];
  readonly home: string;
  readonly shell: string;
  readonly description: string;
  /** Whether its id is from the range of the system. */
  readonly isSystem: boolean;
  /** Hash for crypt(5); missing: no password, and one that was set by hand stays. */
  readonly hashedPassword?: string;
  /** Whether ranges of subordinate ids are given to it. */
  readonly subIds: boolean;
}

/** A group. */
export interface ManagedGroup {
  readonly gid?: number;
  /** Members beside the users whose extra group it is. */
  readonly members: readonly string[];
  readonly isSystem: boolean;
}

/** A command that runs when a switch changes one of some files. */
export interface ManagedHook {
  /** Runs in `sh -c` after the files have changed and before units start; FIRN_HOOK_STATE names a folder of its own. */
  readonly run: string;
  /** Runs instead when the hook is gone, after its files are. */
  readonly undo?: string;
  /** Absolute paths; one that ends with "/" means all below it. */
  readonly onChange: readonly string[];
}

/** A command that must succeed before, or after, a switch. */
export interface ManagedCheck {
  readonly run: string;
  /** For how long it is tried again until it succeeds, in seconds; 0: once. */
  readonly timeout: number;
}

/** What a machine has for one user; paths are relative to the home, and all is owned by the user. */
export interface ManagedHome {
  readonly files: { readonly [path: string]: ManagedFile };
  readonly directories: { readonly [path: string]: ManagedDirectory };
  readonly hooks: { readonly [name: string]: ManagedHook };
}

/** A package that is installed, exactly. */
export interface ManagedPackage {
  readonly version: string;
  readonly architecture: string;
  /** Its file. */
  readonly content: ContentHash;
  /** Name of the file in the folder `packages` of the generation. */
  readonly file: string;
  /** Bytes of the file. */
  readonly size: number;
  /** Whether it was asked for; otherwise others need it. */
  readonly isAsked: boolean;
}

/** Packages of the distribution that a machine has because of Firn; it may have others. */
export interface ManagedPackages {
  /** Name of the manager that installs them: "apt". */
  readonly manager: string;
  /** By name. */
  readonly set: { readonly [name: string]: ManagedPackage };
}

/** Packages that are joined to a tree of their own: programs that run in it see it as /usr. */
export interface ManagedTree {
  /** Name of its folder in `trees` of the generation; follows from the packages. */
  readonly folder: ContentHash;
  /** By name. */
  readonly packages: { readonly [name: string]: Omit<ManagedPackage, "file"> };
}

/**
 * All that a machine is to have. Two manifests that say the same are the same
 * text (`renderManifest`). Units are files below etc/systemd/system and
 * etc/systemd/user, and .config/systemd/user of a home.
 */
export interface Manifest {
  readonly version: 1;
  /** Name of the host in the flake. */
  readonly host: string;
  /** By absolute path. */
  readonly files: { readonly [path: string]: ManagedFile };
  readonly directories: { readonly [path: string]: ManagedDirectory };
  readonly users: { readonly [name: string]: ManagedUser };
  readonly groups: { readonly [name: string]: ManagedGroup };
  readonly homes: { readonly [user: string]: ManagedHome };
  /** Missing: none. */
  readonly packages?: ManagedPackages;
  /** By whose they are: "homes/ada", "services/app". Missing: none. */
  readonly trees?: { readonly [owner: string]: ManagedTree };
  readonly hooks: { readonly [name: string]: ManagedHook };
  readonly checks: {
    readonly before: { readonly [name: string]: ManagedCheck };
    readonly after: { readonly [name: string]: ManagedCheck };
  };
  /**
   * Absolute paths at which Firn takes over what is there without being asked: a
   * distribution's own configuration. One that starts with "~ada/" is below the
   * home of ada, which no declaration tells.
   */
  readonly takeOver: readonly string[];
}
