import type { ManagedHook, Manifest } from "@firn/manifest";
import type { FileStep, HookStep } from "./plan.ts";

interface KnownHook {
  readonly name: string;
  readonly hook: ManagedHook;
  readonly user?: string;
  /** Absolute paths; those that end with "/" mean all below. */
  readonly paths: readonly string[];
}

/** What the steps for hooks follow from. */
export interface HookPlanning {
  readonly desired: Manifest | undefined;
  readonly last: Manifest | undefined;
  readonly files: readonly FileStep[];
  /** Homes by user, of both. */
  readonly homes: ReadonlyMap<string, string>;
}

/** Plans which hooks run: those whose files change, those that are new or run something else, and the undoing of those that are gone. */
export function planHooks({ desired, files, homes, last }: HookPlanning): HookStep[] {
  const before = new Map(hooksOf(last, homes).map((each) => [keyOf(each), each]));
  const now = hooksOf(desired, homes);
  const changed = files
    .filter(({ after, before: was }) => after.kind !== "directory" && was.kind !== "directory")
    .map(({ path }) => path);
  const kept = now.flatMap((each): HookStep[] => {
    const was = before.get(keyOf(each));
    before.delete(keyOf(each));
    const path = changed.find((candidate) => isUnder(candidate, each.paths));
    const why = path === undefined ? newness(was, each) : `${path} changes`;
    if (why === undefined) return [];
    const revert = was?.hook.run ?? each.hook.undo;
    return [{ ...nameOf(each), run: each.hook.run, why, ...(revert !== undefined && { revert }) }];
  });
  const gone = [...before.values()].flatMap((each): HookStep[] =>
    each.hook.undo === undefined
      ? []
      : [{ ...nameOf(each), run: each.hook.undo, why: "it is no longer defined", revert: each.hook.run }],
  );
  return [...kept, ...gone].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function newness(was: KnownHook | undefined, { hook }: KnownHook): string | undefined {
  if (was === undefined) return "it is new";
  return was.hook.run === hook.run ? undefined : "its command changed";
}

function isUnder(path: string, paths: readonly string[]): boolean {
  return paths.some((each) => path === each || (each.endsWith("/") && path.startsWith(each)));
}

function keyOf({ name, user = "" }: { readonly name: string; readonly user?: string }): string {
  return `${user}/${name}`;
}

function nameOf({ name, user }: KnownHook): Pick<HookStep, "name" | "user"> {
  return user === undefined ? { name } : { name, user };
}

function hooksOf(manifest: Manifest | undefined, homes: ReadonlyMap<string, string>): KnownHook[] {
  if (manifest === undefined) return [];
  const system = Object.entries(manifest.hooks).map(([name, hook]) => ({ name, hook, paths: hook.onChange }));
  const own = Object.entries(manifest.homes).flatMap(([user, { hooks }]) => {
    const home = homes.get(user);
    if (home === undefined) return [];
    return Object.entries(hooks).map(([name, hook]) => ({
      name,
      hook,
      user,
      paths: hook.onChange.map((path) => (path.startsWith("/") ? path : `${home}/${path}`)),
    }));
  });
  return [...system, ...own];
}
