import type { Diagnostic } from "@firn/diagnostic";
import { checkAccount } from "./account-name.ts";
import type { ContentReader } from "./content-reader.ts";
import { findConflicts } from "./find-conflicts.ts";
import type { ManagedDirectory, ManagedFile, ManagedHome, ManagedHook, ManagedUser, Manifest } from "./manifest.ts";
import { type ManifestEntry, ManifestReading, type Placement } from "./manifest-reading.ts";
import { readGroups, readUsers } from "./read-accounts.ts";
import { readDirectories, readFiles } from "./read-files.ts";
import { readChecks, readHooks } from "./read-hooks.ts";
import { type LockedPackages, readPackages } from "./read-packages.ts";
import { type LockedTrees, readTrees } from "./read-trees.ts";
import { readUnits } from "./read-units.ts";

/** What is read, beside the configuration. */
export interface ReadManifestOptions {
  /** Name of the host in the flake. */
  readonly host: string;
  readonly contents: ContentReader;
  /** Packages of the host, as the lock has them; missing: it asks for none. */
  readonly packages?: LockedPackages;
  /** Packages of homes and services, by their owner: "homes/ada", "services/app". @default none */
  readonly trees?: LockedTrees;
}

/** What a configuration is to make of a machine. */
export interface ReadManifest {
  /** Missing when there are diagnostics. */
  readonly manifest?: Manifest;
  readonly entries: readonly ManifestEntry[];
  /** Each names an option, and the caller knows at which lines that is defined. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the manifest from a whole configuration, as JSON. Nothing in it is
 * trusted: modules may be anybody's.
 *
 * Problems: `bad-manifest`, `path-conflict`.
 */
export function readManifest(
  configuration: unknown,
  { contents, host, packages: locked, trees: lockedTrees = new Map() }: ReadManifestOptions,
): ReadManifest {
  const reading = new ManifestReading(configuration, contents);
  const users = readUsers(reading);
  const groups = readGroups(reading);
  readSystem(reading, lockedTrees);
  const homeHooks = readHomes(reading, users);
  const hooks = readHooks(reading, ["hooks"]);
  const checks = { before: readChecks(reading, "before"), after: readChecks(reading, "after") };
  const packages = locked && readPackages(reading, locked);
  const trees = lockedTrees.size > 0 && readTrees(reading, lockedTrees);
  const homeOf = (user: string): string | undefined => (Object.hasOwn(users, user) ? users[user]?.home : undefined);
  findConflicts(reading, homeOf);
  enterPlacements(reading);
  const { diagnostics, entries, placements } = reading;
  if (diagnostics.length > 0) return { entries, diagnostics };
  const system = placements.filter(({ user }) => user === undefined);
  const manifest: Manifest = {
    version: 1,
    host,
    users,
    groups,
    ...(packages && { packages }),
    ...(trees && { trees }),
    hooks,
    checks,
    files: filesOf(system),
    directories: directoriesOf(system),
    homes: homesOf(placements, homeHooks),
    takeOver: takenOver(placements, homeOf),
  };
  return { manifest, entries, diagnostics };
}

function readSystem(reading: ManifestReading, trees: LockedTrees): void {
  const root = { user: "root", group: "root" };
  readFiles(reading, ["environment", "etc"], { ...root, prefix: "/etc/" });
  readFiles(reading, ["environment", "files"], root);
  readDirectories(reading, ["environment", "directories"], root);
  readUnits(reading, ["systemd"], { folder: "/etc/systemd/system", trees });
  readUnits(reading, ["systemd", "user"], { folder: "/etc/systemd/user" });
}

type HomeHooks = ReadonlyMap<string, { readonly [name: string]: ManagedHook }>;

function readHomes(reading: ManifestReading, users: { readonly [name: string]: ManagedUser }): HomeHooks {
  const hooks = new Map<string, { readonly [name: string]: ManagedHook }>();
  for (const user of reading.names(["homes"])) {
    const path = ["homes", user];
    const problem = user === "__proto__" ? `"${user}" is no name` : checkAccount(user);
    if (problem !== undefined) {
      reading.refuse(path, { problem });
      continue;
    }
    const group = (Object.hasOwn(users, user) ? users[user]?.group : undefined) ?? user;
    readFiles(reading, [...path, "files"], { home: user, user, group });
    readFiles(reading, [...path, "xdg", "config"], { home: user, user, group, prefix: ".config/" });
    readDirectories(reading, [...path, "directories"], { home: user, user, group });
    readUnits(reading, [...path, "systemd"], { home: user, folder: ".config/systemd/user" });
    hooks.set(user, readHooks(reading, [...path, "hooks"], user));
  }
  return hooks;
}

function enterPlacements(reading: ManifestReading): void {
  for (const { option, path, state, user } of reading.placements) {
    const what = state.kind === "directory" ? "directory" : "file";
    reading.enter(user === undefined ? `${what} ${path}` : `home-${what} ${user} ${path}`, option);
  }
}

function filesOf(placements: readonly Placement[]): { [path: string]: ManagedFile } {
  return Object.fromEntries(
    placements.flatMap(({ path, state }) => (state.kind === "directory" ? [] : [[path, state] as const])),
  );
}

function directoriesOf(placements: readonly Placement[]): { [path: string]: ManagedDirectory } {
  return Object.fromEntries(
    placements.flatMap(({ path, state }) => {
      if (state.kind !== "directory") return [];
      const { group, mode, user } = state;
      return [[path, { mode, user, group }] as const];
    }),
  );
}

/** A home in which there is nothing is none. */
function homesOf(placements: readonly Placement[], hooks: HomeHooks): { [user: string]: ManagedHome } {
  const byUser = new Map<string, Placement[]>();
  for (const each of placements) {
    if (each.user === undefined) continue;
    const known = byUser.get(each.user);
    if (known === undefined) byUser.set(each.user, [each]);
    else known.push(each);
  }
  const homes = [...hooks].map(([user, own]) => {
    const placed = byUser.get(user) ?? [];
    return [user, { files: filesOf(placed), directories: directoriesOf(placed), hooks: own }] as const;
  });
  return Object.fromEntries(
    homes.filter(([, home]) => Object.values(home).some((members) => Object.keys(members).length > 0)),
  );
}

function takenOver(placements: readonly Placement[], homeOf: (user: string) => string | undefined): string[] {
  const paths = placements.flatMap(({ path, takeOver, user }) => {
    if (!takeOver) return [];
    return [user === undefined ? path : `${homeOf(user) ?? `~${user}`}/${path}`];
  });
  return [...new Set(paths)].toSorted();
}
