/** A package, exactly: what a lock says of it. */
export interface PackagePin {
  readonly name: string;
  readonly version: string;
  /** In the manager's own words: "amd64"; "all" for one that runs everywhere. */
  readonly architecture: string;
  /** Name of the source that it comes from: an input of the flake. */
  readonly source: string;
  /** sha256 of its file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Size of its file in bytes. */
  readonly size: number;
  /** Path of its file below the address of the source. */
  readonly path: string;
}

/** A package in a closure. */
export interface ClosureMember extends PackagePin {
  /** Name of the package that needs it, the first on the shortest way from one that was asked for; "/usr" for what every tree has; missing: it was asked for itself. */
  readonly neededBy?: string;
}

/** Asks for a package. */
export interface PackageRequest {
  readonly name: string;
  /** Source to take it from; missing: the newest of the sources that are used without being named. */
  readonly source?: string;
  /** Exact version; missing: the newest. */
  readonly version?: string;
}

/** Names a package among others: its name, version and architecture. */
export function packageKey({
  name,
  version,
  architecture,
}: Omit<PackagePin, "source" | "sha256" | "size" | "path">): string {
  return `${name} ${version} ${architecture}`;
}
