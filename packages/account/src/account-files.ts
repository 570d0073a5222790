/** Texts of the account files below /etc; those that cannot be read, or are not there, are missing. */
export interface AccountFiles {
  readonly passwd: string;
  readonly group: string;
  readonly shadow?: string;
  readonly gshadow?: string;
  readonly subuid?: string;
  readonly subgid?: string;
}

/** What Firn remembers of the accounts that it wrote: needed to take it back. Plain JSON. */
export interface AccountMemory {
  readonly version: 1;
}

/** One change of a user or a group, in words fit for every eye. */
export interface AccountChange {
  readonly kind: "add" | "change" | "remove";
  readonly what: "user" | "group";
  readonly name: string;
  /** Such as `uid 1001` or `groups +sudo`. */
  readonly details: readonly string[];
}
