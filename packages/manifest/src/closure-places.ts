/** Options that ask for a closure of packages. */
export interface ClosurePlace {
  /** What the lock calls it: "web", "web/homes/ada", "web/services/app". */
  readonly name: string;
  /** Path of the option whose members are packages. */
  readonly packages: readonly string[];
  /** Path of the option that names the sources that are used without being named; undefined there: those of the host. */
  readonly sources: readonly string[];
}

/** What names of members are read with. */
export interface NameReader {
  names(path: readonly string[]): string[];
}

/** Lists where a configuration may ask for packages: for the host, for homes, for services. */
export function closurePlaces(reading: NameReader, host: string): ClosurePlace[] {
  const own = { name: host, packages: hostPackages, sources: hostSources };
  return [own, ...placesBelow(reading, host, ["homes"]), ...placesBelow(reading, host, ["systemd", "services"])];
}

/** Path of the option with the packages of a host. */
export const hostPackages: readonly string[] = ["environment", "packages"];

/** Path of the option with the sources of a host. */
export const hostSources: readonly string[] = ["packages", "sources"];

function placesBelow(reading: NameReader, host: string, path: readonly string[]): ClosurePlace[] {
  return reading.names(path).map((name) => ({
    name: `${host}/${path.at(-1) ?? ""}/${name}`,
    packages: [...path, name, "packages"],
    sources: [...path, name, "packageSources"],
  }));
}
