import { renderText } from "@firn/diagnostic";
import { readLockFile } from "@firn/flake-folder";
import type { Flake } from "@firn/loader";
import { type Closure, findClosure } from "@firn/lock";
import type { ClosureMember } from "@firn/package-manager";

/** Why a package is in a closure. */
export interface PackageChain {
  /** Whose it is: "homes/ada", "services/app"; missing: the machine's. */
  readonly owner?: string;
  /** It, what needs it, and so on to one that was asked for, or that every tree has. */
  readonly members: readonly ClosureMember[];
}

/** Finds a package in the lock, where a host, one of its homes or one of its services has it; the host comes first. */
export function findPackageChains(
  flake: Flake,
  { host, name }: { readonly host: string; readonly name: string },
): readonly PackageChain[] {
  const { lock } = readLockFile(flake.root);
  return Object.keys(lock.closures)
    .filter((closure) => closure === host || closure.startsWith(`${host}/`))
    .toSorted()
    .flatMap((closure) => {
      const members = findMembers(findClosure(lock, closure), name);
      if (members.length === 0) return [];
      return closure === host ? [{ members }] : [{ owner: closure.slice(host.length + 1), members }];
    });
}

function findMembers(closure: Closure | undefined, name: string): readonly ClosureMember[] {
  const members = new Map(closure?.packages.map((each) => [each.name, each]));
  const chain: ClosureMember[] = [];
  for (let next = members.get(name); next !== undefined; next = members.get(next.neededBy ?? "")) {
    // A lock that somebody edited may lead in a circle.
    if (chain.includes(next)) break;
    chain.push(next);
  }
  return chain;
}

/** Finds the option that asks for what a chain ends with; undefined where nobody does. */
export function optionOfChain({ members, owner }: PackageChain): readonly string[] | undefined {
  if (members.at(-1)?.neededBy !== undefined) return undefined;
  if (owner === undefined) return ["environment", "packages"];
  const [kind = "", ...name] = owner.split("/");
  return [...(kind === "services" ? ["systemd"] : []), kind, name.join("/"), "packages"];
}

/** Says in a line each what a package is, and why it is there. */
export function renderPackageChain({ members, owner }: PackageChain): string[] {
  const whose = owner === undefined ? "" : `${renderText(owner)}: `;
  return members.map(({ architecture, name, neededBy, source, version }) => {
    return `${whose}${renderText(name)} ${renderText(version)} (${architecture}, of ${renderText(source)}) ${reasonOf(neededBy)}`;
  });
}

function reasonOf(neededBy: string | undefined): string {
  if (neededBy === undefined) return "is asked for";
  return neededBy === "/usr" ? "is in every tree of packages" : `is needed by ${renderText(neededBy)}`;
}
