/** Names of the account files below /etc. */
export const accountFileNames = ["passwd", "group", "shadow", "gshadow", "subuid", "subgid"] as const;

/** Name of an account file below /etc. */
export type AccountFileName = (typeof accountFileNames)[number];

/** Texts of the account files below /etc; those that cannot be read, or are not there, are missing. */
export interface AccountFiles {
  readonly passwd: string;
  readonly group: string;
  readonly shadow?: string;
  readonly gshadow?: string;
  readonly subuid?: string;
  readonly subgid?: string;
}

/** One change of a user or a group, in words fit for every eye. */
export interface AccountChange {
  readonly kind: "add" | "change" | "remove";
  readonly what: "user" | "group";
  readonly name: string;
  /** Such as `uid 1001` or `groups +sudo`; never a hash. */
  readonly details: readonly string[];
}
