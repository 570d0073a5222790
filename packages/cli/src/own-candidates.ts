import type { Closure } from "@firn/lock";
import { toolsClosure } from "@firn/manifest";
import { ownCandidate, type OwnPackage } from "@firn/own-package";
import type { OwnCandidate } from "@firn/package-manager";

/** The packages that a host makes itself. */
export interface HostOwn {
  /** Name of the host in the flake. */
  readonly host: string;
  /** In the manager's own words: "amd64". */
  readonly architecture: string;
  readonly own: readonly OwnPackage[];
}

/**
 * Lists what a host makes itself, as there is to choose from when closures are
 * found: of each the version follows from its recipe, and that from its tools.
 *
 * @param findTools finds a closure; undefined leaves out the package whose tools it has, which nobody knows then
 */
export function ownCandidates(
  { architecture, host, own }: HostOwn,
  findTools: (closure: string) => Closure | undefined,
): OwnCandidate[] {
  return own.flatMap((each) => {
    if (each.build === undefined) return [ownCandidate(each, { architecture })];
    const tools = findTools(toolsClosure(host, each.name))?.packages;
    return tools === undefined ? [] : [ownCandidate(each, { architecture, tools })];
  });
}
