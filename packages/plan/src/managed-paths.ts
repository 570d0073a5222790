import type { Diagnostic } from "@firn/diagnostic";
import type { ManagedDirectory, ManagedFile, ManagedHome, Manifest } from "@firn/manifest";
import { type AccountIds, gidOf, uidOf } from "./account-ids.ts";
import { directoryOf, relativePath } from "./path-text.ts";
import type { PlacedState } from "./plan.ts";
import type { Scope } from "./scope.ts";

/** What a manifest has at a path. */
export interface ManagedPath {
  readonly path: string;
  readonly placed: Exclude<PlacedState, { kind: "absent" | "kept" }>;
  /** Whose home it is in. */
  readonly user?: string;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

/** All paths of a manifest that are in a scope. */
export interface ManagedPaths {
  readonly paths: ReadonlyMap<string, ManagedPath>;
  /** By user: the home, for those whose home is known. */
  readonly homes: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

interface Context {
  readonly scope: Scope;
  readonly ids: AccountIds;
  readonly problems: Diagnostic[];
}

/** Lists the paths of a manifest with what is to be at each; names of owners become numbers. */
export function managedPaths(manifest: Manifest | undefined, scope: Scope, ids: AccountIds): ManagedPaths {
  const context: Context = { scope, ids, problems: [] };
  const paths = new Map<string, ManagedPath>();
  const homes = new Map<string, string>();
  if (manifest === undefined) return { paths, homes, diagnostics: [] };
  if (scope.kind === "system") {
    addAll(paths, systemPaths(manifest, context));
  }
  for (const [user, home] of Object.entries(manifest.homes)) {
    if (scope.kind === "user" && user !== scope.user?.name) continue;
    const folder = homeOf(user, manifest, context);
    if (folder === undefined) context.problems.push(unknownHome(user));
    else {
      homes.set(user, folder);
      addAll(paths, homePaths(home, { user, folder }, context));
    }
  }
  return { paths, homes, diagnostics: context.problems };
}

function addAll(paths: Map<string, ManagedPath>, more: readonly ManagedPath[]): void {
  for (const each of more) paths.set(each.path, each);
}

function systemPaths({ directories, files }: Manifest, context: Context): ManagedPath[] {
  return [
    ...Object.entries(directories).map(([path, directory]) => ({
      path,
      owner: undefined,
      placed: placeDirectory(directory, path, context),
    })),
    ...Object.entries(files).map(([path, file]) => ({
      path,
      owner: undefined,
      placed: placeFile(
        file,
        {
          path,
          source: `files${path}`,
        },
        context,
      ),
    })),
  ];
}

function homePaths(
  { directories, files }: ManagedHome,
  home: { user: string; folder: string },
  context: Context,
): ManagedPath[] {
  const { folder, user } = home;
  const known = context.ids.users.get(user);
  const owner = known && { uid: known.uid, gid: known.gid };
  const at = (path: string): string => `${folder === "/" ? "" : folder}/${path}`;
  return [
    ...Object.entries(directories).map(([path, directory]) => ({
      path: at(path),
      user,
      owner,
      placed: {
        kind: "directory",
        mode: directory.mode,
        uid: owner?.uid ?? 0,
        gid: owner?.gid ?? 0,
      } as const,
    })),
    ...Object.entries(files).map(([path, file]) => {
      const placed = placeFile(file, { path: at(path), source: `homes/${user}/${path}` }, context);
      return {
        path: at(path),
        user,
        owner,
        placed: placed.kind === "file" && owner !== undefined ? { ...placed, ...owner } : placed,
      };
    }),
  ];
}

function placeDirectory(
  { group, mode, user }: ManagedDirectory,
  path: string,
  context: Context,
): ManagedPath["placed"] {
  return { kind: "directory", mode, ...ownerOf({ user, group, path }, context) };
}

function placeFile(
  file: ManagedFile,
  { path, source }: { path: string; source: string },
  context: Context,
): ManagedPath["placed"] {
  switch (file.kind) {
    case "symlink":
      return file;
    case "profile":
      return { kind: "symlink", target: linkTarget(path, `profiles/${file.folder}`, context.scope) };
    case "link":
      return { kind: "link", content: file.content, source, target: linkTarget(path, source, context.scope) };
    case "file": {
      const { content, group, mode, user } = file;
      const owner = source.startsWith("homes/") ? { uid: 0, gid: 0 } : ownerOf({ user, group, path }, context);
      return { kind: "file", content, source, mode, ...owner };
    }
  }
}

/** The text of a link through `current`: in a folder that stands for a machine it is relative, so that it can be followed from outside. */
export function linkTarget(path: string, source: string, { root, state }: Scope): string {
  const target = `${state}/current/generation/${source}`;
  return root === "/" ? target : relativePath(directoryOf(path), target);
}

/** Tells whether a link is Firn's, in either form. */
export function isLinkTo(
  target: string,
  { path, source }: { path: string; source: string },
  { state }: Scope,
): boolean {
  const absolute = `${state}/current/generation/${source}`;
  return target === absolute || target === relativePath(directoryOf(path), absolute);
}

function ownerOf(
  { group, path, user }: { user: string; group: string; path: string },
  { ids, problems, scope }: Context,
): { uid: number; gid: number } {
  const uid = uidOf(user, ids);
  const gid = gidOf(group, ids);
  if (scope.hasOwners && uid === undefined) problems.push(unknownOwner("user", user, path));
  if (scope.hasOwners && gid === undefined) problems.push(unknownOwner("group", group, path));
  return { uid: uid ?? 0, gid: gid ?? 0 };
}

function homeOf(user: string, { users }: Manifest, { ids, scope }: Context): string | undefined {
  if (scope.kind === "user") return scope.user?.home;
  return users[user]?.home ?? ids.users.get(user)?.home;
}

function unknownHome(user: string): Diagnostic {
  return {
    code: "unknown-account",
    severity: "error",
    message: `Cannot tell where the home of "${user}" is: there is no such user`,
    optionPath: ["homes", user],
    marks: [],
    fix: `Declare the user: users.users.${user}`,
  };
}

function unknownOwner(what: "user" | "group", name: string, path: string): Diagnostic {
  return {
    code: "unknown-account",
    severity: "error",
    message: `Cannot give "${path}" to the ${what} "${name}": there is no such ${what}`,
    marks: [],
    fix: what === "user" ? `Declare the user: users.users.${name}` : `Declare the group: users.groups.${name}`,
  };
}
