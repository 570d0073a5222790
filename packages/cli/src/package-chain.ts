import { renderText } from "@firn/diagnostic";
import { readLockFile } from "@firn/flake-folder";
import type { Flake } from "@firn/loader";
import { findClosure } from "@firn/lock";
import type { ClosureMember } from "@firn/package-manager";

/** Finds a package of a host in the lock: it, what needs it, and so on to one that was asked for; none where the host has no such package. */
export function findPackageChain(
  flake: Flake,
  { host, name }: { readonly host: string; readonly name: string },
): readonly ClosureMember[] {
  const { lock } = readLockFile(flake.root);
  const members = new Map(findClosure(lock, host)?.packages.map((each) => [each.name, each]));
  const chain: ClosureMember[] = [];
  for (let next = members.get(name); next !== undefined; next = members.get(next.neededBy ?? "")) {
    // A lock that somebody edited may lead in a circle.
    if (chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

/** Says in a line each what a package is, and why it is there. */
export function renderPackageChain(chain: readonly ClosureMember[]): string[] {
  return chain.map(({ architecture, name, neededBy, source, version }) => {
    const why = neededBy === undefined ? "is asked for" : `is needed by ${renderText(neededBy)}`;
    return `${renderText(name)} ${renderText(version)} (${architecture}, of ${renderText(source)}) ${why}`;
  });
}
