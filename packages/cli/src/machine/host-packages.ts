import type { Diagnostic } from "@firn/diagnostic";
import { dpkgTarget } from "@firn/dpkg";
import { readFlakeFile, readLockFile } from "@firn/flake-folder";
import type { FlakeManifest } from "@firn/input";
import { findClosure, findSource, type Lockfile } from "@firn/lock";
import { findStaleClosures } from "@firn/resolve";
import type { Flake } from "@firn/loader";
import { type ContentReader, type LockedPackages, readClosureRequests } from "@firn/manifest";
import type { ClosureMember } from "@firn/package-manager";
import type { Hold, Store } from "@firn/store";
import { counted } from "../counted.ts";
import { renderSize } from "../render-size.ts";
import type { Terminal } from "../terminal.ts";

/** Packages of a host, as the lock has them. */
export interface HostPackages {
  readonly locked: LockedPackages;
  readonly manifest: FlakeManifest;
  readonly lock: Lockfile;
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
  if (!asksForPackages(configuration)) return undefined;
  const { manifest } = readFlakeFile(flake.root);
  const sources = Object.entries(manifest.sources).map(([name, { isOnRequest }]) => ({ name, isOnRequest }));
  const { diagnostics, requests } = readClosureRequests(configuration, { host, contents, sources });
  if (diagnostics.length > 0) return { diagnostics };
  const { lock } = readLockFile(flake.root);
  const stale = findStaleClosures(requests, lock);
  if (stale.length > 0) return { diagnostics: stale };
  const members = findClosure(lock, host)?.packages ?? [];
  const fileNameOf = (member: ClosureMember): string => dpkgTarget.fileNameOf(member);
  return { locked: { manager: "apt", members, fileNameOf }, manifest, lock };
}

function asksForPackages(configuration: unknown): boolean {
  const { environment } = configuration as { environment?: { packages?: object } }; // What is read of it is checked later.
  return Object.keys(environment?.packages ?? {}).length > 0;
}

/** Where files of packages come from and go to. */
export interface PackageFetch {
  readonly store: Store;
  readonly terminal: Terminal;
  /** OCI registry that is asked before all other addresses: `host:port/repository`. */
  readonly registry?: string | undefined;
}

/** Files of packages that are all in the store. */
export interface FetchedPackages {
  readonly hold: Hold;
  /** How many were fetched. */
  readonly fetched: number;
  /** Bytes of those. */
  readonly bytes: number;
}

/**
 * Fetches the files of packages that the store has not, and keeps all of them from being collected.
 *
 * @throws DiagnosticError "fetch-failed"
 */
export async function fetchPackages(packages: HostPackages, fetch: PackageFetch): Promise<FetchedPackages> {
  const { members } = packages.locked;
  const moved = { fetched: 0, bytes: 0 };
  for (;;) {
    const hold = fetch.store.hold(members.map(({ sha256 }) => sha256));
    if (hold.missing.length === 0) return { hold, ...moved };
    hold.release();
    const missing = new Set(hold.missing);
    const wanted = members.filter(({ sha256 }) => missing.has(sha256));
    const { bytes, fetched } = await fetchMembers(wanted, packages, fetch);
    moved.fetched += fetched;
    moved.bytes += bytes;
  }
}

async function fetchMembers(
  members: readonly ClosureMember[],
  { lock, manifest }: HostPackages,
  { registry, store, terminal }: PackageFetch,
): Promise<{ readonly fetched: number; readonly bytes: number }> {
  const [{ openPackageManagers }, { fetchContents }, { addressesIn, openAuthority }] = await Promise.all([
    import("../package-managers.ts"),
    import("@firn/download"),
    import("@firn/registry"),
  ]);
  const managers = openPackageManagers(terminal);
  const wanted = members.map((member) => {
    const { name, sha256, size, version } = member;
    const source = manifest.sources[member.source]?.source;
    const state = findSource(lock, member.source);
    const isKnown = source !== undefined && state !== undefined;
    const addresses = isKnown ? (managers.get(source.manager)?.addressesOf(member, source, state) ?? []) : [];
    const near = registry === undefined ? [] : [addressesIn(registry)(sha256)];
    return { sha256, size, addresses: [...near, ...addresses], name: `${name} ${version}` };
  });
  const total = wanted.reduce((sum, { size }) => sum + size, 0);
  terminal.report(`Fetching ${counted(wanted.length, "package")}, ${renderSize(total)}`);
  return fetchContents({ wanted, store, ...(registry !== undefined && { authority: openAuthority(registry) }) });
}
