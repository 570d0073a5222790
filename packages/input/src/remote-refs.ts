/** A tag of a repository. */
export interface RemoteTag {
  /** The commit that it leads to, through any tag objects. */
  readonly commit: string;
  /** The tag object, for an annotated tag. */
  readonly tagObject?: string;
}

/** What a repository offers. */
export interface RemoteRefs {
  /** The commit of the default branch; missing in an empty repository. */
  readonly head?: string;
  /** Commits by name of the branch, without "refs/heads/". */
  readonly branches: ReadonlyMap<string, string>;
  /** Tags by name, without "refs/tags/". */
  readonly tags: ReadonlyMap<string, RemoteTag>;
}
