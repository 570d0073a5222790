/** A user that is to be. A `ManagedUser` of a manifest is one. */
export interface DesiredUser {
  /** Missing: the one that it has, or had under Firn, or a free one. */
  readonly uid?: number;
  /** Name of the primary group. */
  readonly group: string;
  readonly extraGroups: readonly string[];
  readonly home: string;
  readonly shell: string;
  /** The first field of GECOS, and all of it. */
  readonly description: string;
  /** Whether a free id is taken from the range of the system. */
  readonly isSystem: boolean;
  /**
   * Hash as crypt(5) has it, or "!" or "*" with which no password fits. Missing:
   * the password is left alone, and a new user has none that fits.
   */
  readonly hashedPassword?: string;
  /** Whether it has ranges of subordinate ids. */
  readonly subIds: boolean;
  /** Day since 1970 from which nobody can log in as it; missing: left alone. */
  readonly expires?: number;
}

/** A group that is to be. A `ManagedGroup` of a manifest is one. */
export interface DesiredGroup {
  readonly gid?: number;
  /** Members beside the users whose extra group it is. */
  readonly members: readonly string[];
  readonly isSystem: boolean;
}

/** Users and groups that are to be, by name. A manifest is one. */
export interface DesiredAccounts {
  readonly users: { readonly [name: string]: DesiredUser };
  readonly groups: { readonly [name: string]: DesiredGroup };
}
