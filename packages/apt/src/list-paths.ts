import type { PackageSource, SourceState } from "@firn/package-manager";

/** A list of packages of a source. */
export interface SourceList {
  readonly suite: string;
  /** Path below the folder of the suite, as a Release file has it: "main/binary-amd64/Packages". */
  readonly file: string;
  /** Path below the address, as a state has it. */
  readonly path: string;
  readonly component: string;
  readonly architecture: string;
}

/** Lists the suites of a source; names have no slash at the end. */
export function listSuites({ parts }: PackageSource): readonly string[] {
  return parts["suites"] ?? [];
}

/** Names the signed list of a suite, below the address. */
export function releasePath(suite: string): string {
  return `dists/${suite}/InRelease`;
}

/** Lists what a suite has for some architectures, in the order of components. */
export function listSuiteLists(source: PackageSource, suite: string, architectures: readonly string[]): SourceList[] {
  return (source.parts["components"] ?? ["main"]).flatMap((component) =>
    architectures.map((architecture) => {
      const file = `${component}/binary-${architecture}/Packages`;
      return { suite, file, path: `dists/${suite}/${file}`, component, architecture };
    }),
  );
}

/** Packages that run everywhere are in every list, or in one of their own. */
export const everywhere = "all";

/** Lists what a locked state has for an architecture, in the order of suites and components. */
export function listStateLists(source: PackageSource, state: SourceState, architecture: string): SourceList[] {
  return listSuites(source)
    .flatMap((suite) => listSuiteLists(source, suite, [architecture, everywhere]))
    .filter(({ path }) => state.lists[path] !== undefined);
}
