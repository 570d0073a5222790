import { type Diagnostic, InternalError, type Sources } from "@firn/diagnostic";
import { isModule, type Module } from "firn";
import type { Bundle } from "./bundle.ts";
import { defaultCacheDirectory } from "./cache-directory.ts";
import type { Flake } from "./flake.ts";
import { findHost } from "./host-entry.ts";
import { hostThrew, noDefaultExport, notAModule } from "./host-problem.ts";
import { readKept, writeKept } from "./kept-result.ts";
import { obtainBundle } from "./obtained-bundle.ts";
import { type RunningBundle, type SharedModules, startBundle } from "./running-bundle.ts";
import { openSources } from "./sources.ts";
import type { BundleKey } from "./stored-bundle.ts";

/** Modules of this process by the name that host code imports them by; each is loaded only for hosts that do. */
export type EngineModules = Readonly<Record<string, () => object | Promise<object>>>;

/** How hosts are loaded. */
export interface LoadOptions {
  /** Modules that host code shares with this process, such as `firn` and `zod`; what else it imports is bundled. */
  readonly engine: EngineModules;
  /** Where bundles are kept. @default $XDG_CACHE_HOME/firn or ~/.cache/firn */
  readonly cacheDirectory?: string;
  /** Folders beside the flake whose files host code may be made of: those of its inputs. */
  readonly inputFolders?: readonly string[];
}

/** One host after loading: its module, or why there is none. */
export interface LoadedHost {
  readonly name: string;
  readonly module?: Module;
  readonly diagnostics: readonly Diagnostic[];
}

/** What loading gave. */
export interface Loaded {
  /** The hosts in the order they were asked for. */
  readonly hosts: readonly LoadedHost[];
  /** Whether nothing had to be bundled. */
  readonly fromCache: boolean;
  /** Makes what finds positions in the sources; it loads a parser, so only a problem or a question asks for it. */
  openSources(): Promise<Sources>;
  /**
   * Keeps V8's compiled form of everything that has run so far. Called after
   * evaluation, it spares the next process compiling the functions that
   * evaluation called; when they are kept already it does nothing.
   */
  keepCompiled(): void;
  /**
   * Keeps a text that follows from the hosts' code alone, for {@link findKept}.
   *
   * @param stamp says by what it was computed; another stamp does not find it
   */
  keep(stamp: string, text: string): void;
}

/**
 * Finds the text that was kept for hosts, without loading any of them; undefined
 * when there is none, or when anything they are made of has changed since.
 */
export function findKept(
  flake: Flake,
  names: readonly string[],
  options: LoadOptions & { readonly stamp: string },
): Promise<string | undefined> {
  const directory = options.cacheDirectory ?? defaultCacheDirectory();
  return readKept(keyOf(flake, names, options), directory, options.stamp);
}

/**
 * Loads the modules that hosts export, from the cache when nothing they are made of has changed.
 *
 * Problems come with the host they concern: `unknown-host`, `bad-host-package`,
 * `bad-workspace`, `syntax-error`, `unresolved-import`, `impure-import`,
 * `top-level-await`, `host-threw`, `no-default-export`, `not-a-module`.
 *
 * @param names names of hosts, each once
 */
export async function loadHosts(flake: Flake, names: readonly string[], options: LoadOptions): Promise<Loaded> {
  const key = keyOf(flake, names, options);
  const cacheDirectory = options.cacheDirectory ?? defaultCacheDirectory();
  const obtained = await obtainBundle(key, cacheDirectory);
  const { bundle, failures, compiled } = obtained;
  const running = bundle && startBundle(bundle, { shared: await loadShared(bundle, options.engine), compiled });
  const hosts = names.map((name): Promise<LoadedHost> | LoadedHost => {
    const diagnostics = failures.get(name);
    return running === undefined || diagnostics !== undefined
      ? { name, diagnostics: diagnostics ?? [] }
      : runHost(flake, name, running);
  });
  const loaded = await Promise.all(hosts);
  if (running !== undefined) obtained.keep(running);
  return {
    hosts: loaded,
    fromCache: obtained.fromCache,
    openSources: () =>
      openSources(bundle && running && { bundle: { name: running.name, root: flake.root, maps: bundle.maps } }),
    keepCompiled: () => {
      if (running !== undefined) obtained.keepComplete(running);
    },
    keep: (stamp, text) => {
      if (bundle !== undefined && failures.size === 0) writeKept(bundle, { key, cacheDirectory, stamp }, text);
    },
  };
}

/** Loads the modules of this process that a bundle requires. */
async function loadShared({ code }: Bundle, engine: EngineModules): Promise<SharedModules> {
  const required = Object.entries(engine).filter(([name]) => code.includes(`require(${JSON.stringify(name)})`));
  return Object.fromEntries(await Promise.all(required.map(async ([name, load]) => [name, await load()] as const)));
}

function keyOf({ root }: Flake, names: readonly string[], { engine, inputFolders = [] }: LoadOptions): BundleKey {
  return { root, inputFolders, hosts: [...names].toSorted(), shared: Object.keys(engine).toSorted() };
}

async function runHost(flake: Flake, name: string, running: RunningBundle): Promise<LoadedHost> {
  const outcome = exportsOf(name, running);
  const value = outcome.exports?.["default"];
  if (isModule(value)) return { name, module: value, diagnostics: [] };
  const { host } = await findHost(flake, name);
  if (host === undefined) throw new InternalError(`The host "${name}" was bundled but has no entry`);
  if (outcome.exports === undefined) return { name, diagnostics: hostThrew(host, outcome.thrown) };
  const problem =
    "default" in outcome.exports ? notAModule(host, value) : noDefaultExport(host, Object.keys(outcome.exports));
  return { name, diagnostics: [await problem] };
}

type Outcome =
  | { readonly exports: Readonly<Record<string, unknown>> }
  | { readonly exports?: never; readonly thrown: unknown };

function exportsOf(name: string, running: RunningBundle): Outcome {
  try {
    return { exports: running.exportsOf(name) };
  } catch (thrown) {
    return { thrown };
  }
}
