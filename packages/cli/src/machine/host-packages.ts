import type { Diagnostic } from "@firn/diagnostic";
import { dpkgTarget } from "@firn/dpkg";
import { readFlakeFile, readLockFile } from "@firn/flake-folder";
import type { FlakeManifest } from "@firn/input";
import { findClosure, findSource, type Lockfile } from "@firn/lock";
import { findStaleClosures } from "@firn/resolve";
import type { Flake } from "@firn/loader";
import {
  asksForPackages,
  type ContentReader,
  hostArchitecture,
  isToolsClosure,
  type LockedPackages,
  type LockedTree,
  type LockedTrees,
  readClosureRequests,
  readOwnPackages,
} from "@firn/manifest";
import { type ClosureMember, type ClosureRequest, isTreeName } from "@firn/package-manager";
import { treeName } from "@firn/package-tree";
import type { Hold, Store } from "@firn/store";
import { counted } from "../counted.ts";
import { type HostOwn, ownCandidates } from "../own-candidates.ts";
import { renderSize } from "../render-size.ts";
import type { Terminal } from "../terminal.ts";

/** A lock, and the flake.yaml that says where its packages come from. */
export interface LockedFlake {
  readonly manifest: FlakeManifest;
  readonly lock: Lockfile;
}

/** Packages of a host, as the lock has them. */
export interface HostPackages extends LockedFlake {
  /** What is installed; missing: nothing. */
  readonly locked?: LockedPackages;
  /** Packages of homes and services. */
  readonly trees: LockedTrees;
  /** What the host makes itself: members of that source have no file yet, and the hash of their recipe. */
  readonly made: HostOwn;
}

/** What packages are found for. */
export interface PackagesOfHost {
  readonly flake: Flake;
  readonly host: string;
  readonly contents: ContentReader;
}

/**
 * Finds the packages that a configuration asks for in the lock.
 *
 * @returns undefined for a configuration that asks for none; diagnostics when the lock does not have what it asks for
 */
export function findPackages(
  configuration: unknown,
  { contents, flake, host }: PackagesOfHost,
): HostPackages | { readonly diagnostics: readonly Diagnostic[] } | undefined {
  if (!asksForPackages(configuration, contents)) return undefined;
  const { manifest } = readFlakeFile(flake.root);
  const sources = Object.entries(manifest.sources).map(([name, { isOnRequest }]) => ({ name, isOnRequest }));
  const { own, ...ofOwn } = readOwnPackages(configuration, contents);
  const { requests, ...ofRequests } = readClosureRequests(configuration, { host, contents, sources, own });
  const diagnostics = [...ofOwn.diagnostics, ...ofRequests.diagnostics];
  if (diagnostics.length > 0) return { diagnostics };
  const { lock } = readLockFile(flake.root);
  const made = { host, architecture: hostArchitecture(configuration, contents), own };
  const candidates = ownCandidates(made, (name) => findClosure(lock, name));
  const stale = requests.flatMap(({ option, request }) => {
    const asked = isToolsClosure(request.name) || candidates.length === 0 ? request : { ...request, own: candidates };
    return findStaleClosures([asked], lock).map((problem) => atOption(problem, option));
  });
  if (stale.length > 0) return { diagnostics: stale };
  const found = new Map(requests.map(({ request: { name } }) => [name, findClosure(lock, name)?.packages ?? []]));
  const members = found.get(host);
  const fileNameOf = (member: ClosureMember): string => dpkgTarget.fileNameOf(member);
  const trees = requests.flatMap(({ request }) =>
    isTreeName(request.name) && !isToolsClosure(request.name) ? [treeOf(request, found.get(request.name) ?? [])] : [],
  );
  const locked = members && { locked: { manager: "apt", members, fileNameOf } };
  return { ...locked, trees: new Map(trees), made, manifest, lock };
}

/** A closure knows by what name it is asked for, and not where. */
function atOption(problem: Diagnostic, option: readonly string[]): Diagnostic {
  const name = problem.optionPath?.at(-1);
  return name === undefined ? problem : { ...problem, optionPath: [...option, name] };
}

function treeOf({ asked, name }: ClosureRequest, members: readonly ClosureMember[]): [string, LockedTree] {
  const names = asked.map((each) => each.name);
  return [name.slice(name.indexOf("/") + 1), { asked: names, members, folder: treeName(members) }];
}

/** Where files of packages come from and go to. */
export interface PackageFetch {
  readonly store: Store;
  readonly terminal: Terminal;
  /** OCI registry that is asked before all other addresses: `host:port/repository`. */
  readonly registry?: string | undefined;
}

/** What was fetched for something. */
export interface Moved {
  /** How many files. */
  readonly fetched: number;
  /** Bytes of those. */
  readonly bytes: number;
}

/** Files of packages that are all in the store. */
export interface FetchedPackages extends Moved {
  readonly hold: Hold;
}

/**
 * Fetches the files of packages that the store has not, and keeps all of them from being collected.
 *
 * @throws DiagnosticError "fetch-failed"
 */
export async function fetchPackages(
  members: readonly ClosureMember[],
  flake: LockedFlake,
  fetch: PackageFetch,
): Promise<FetchedPackages> {
  const moved = { fetched: 0, bytes: 0 };
  for (;;) {
    const hold = fetch.store.hold(members.map(({ sha256 }) => sha256));
    if (hold.missing.length === 0) return { hold, ...moved };
    hold.release();
    const missing = new Set(hold.missing);
    const wanted = members.filter(({ sha256 }) => missing.has(sha256));
    const { bytes, fetched } = await fetchMembers(wanted, flake, fetch);
    moved.fetched += fetched;
    moved.bytes += bytes;
  }
}

async function fetchMembers(
  members: readonly ClosureMember[],
  { lock, manifest }: LockedFlake,
  { registry, store, terminal }: PackageFetch,
): Promise<Moved> {
  const [{ openPackageManagers }, { fetchContents }, { addressesIn, joinAuthorities, openAuthority }] =
    await Promise.all([import("../package-managers.ts"), import("@firn/download"), import("@firn/registry")]);
  const managers = openPackageManagers(terminal);
  const registries = [...new Set([...(registry === undefined ? [] : [registry]), ...manifest.caches])];
  const wanted = members.map((member) => {
    const { name, sha256, size, version } = member;
    const source = manifest.sources[member.source]?.source;
    const state = findSource(lock, member.source);
    const isKnown = source !== undefined && state !== undefined;
    const addresses = isKnown ? (managers.get(source.manager)?.addressesOf(member, source, state) ?? []) : [];
    const near = registries.map((each) => addressesIn(each)(sha256));
    return { sha256, size, addresses: [...near, ...addresses], name: `${name} ${version}` };
  });
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  terminal.report(`Fetching ${counted(wanted.length, "package")}, ${renderSize(total)}`);
  return fetchContents({ wanted, store, authority: joinAuthorities(registries.map((each) => openAuthority(each))) });
}
