/** Where packages come from, as a flake says it. */
export interface PackageSource {
  /** Name of the manager that reads it: "apt". */
  readonly manager: string;
  /** Address that the paths of lists and packages are below. */
  readonly address: string;
  /** Other addresses of the same, tried before it in their order. */
  readonly mirrors: readonly string[];
  readonly architectures: readonly string[];
  /** Fingerprints of primary keys, upper case, 40 or 64 digits; one of them has to vouch for each signed list. */
  readonly keys: readonly string[];
  /** File that has those keys, absolute; missing: the keyrings of this machine are searched. */
  readonly keyring?: string;
  /** Moment whose state is wanted, in ISO 8601 and UTC; missing: that of now. */
  readonly snapshot?: string;
  /** What else tells the manager which lists to read: "suites" and "components" of apt. */
  readonly parts: { readonly [name: string]: readonly string[] };
}

/** A list of packages, or what vouches for one. */
export interface ListPin {
  readonly sha256: string;
  /** Bytes, of the list as it is read: not compressed. */
  readonly size: number;
}

/** What a source had at one moment. */
export interface SourceState {
  /** When it was so, as the newest of its lists says, in ISO 8601 and UTC. */
  readonly date: string;
  /** By path below the address; the signed ones, and those that they vouch for. */
  readonly lists: { readonly [path: string]: ListPin };
}

/** A source in a locked state. */
export interface LockedSource {
  /** Name of the input. */
  readonly name: string;
  readonly source: PackageSource;
  readonly state: SourceState;
  /** Whether packages come from it only where a request names it, or where what was asked for there needs them. */
  readonly isOnRequest: boolean;
}
