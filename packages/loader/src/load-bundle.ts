import { crc32 } from "node:zlib";
import { type Diagnostic, InternalError, type Sources } from "@firn/diagnostic";
import { defaultCacheDirectory } from "./cache-directory.ts";
import type { Flake } from "./flake.ts";
import { findHost } from "./host-entry.ts";
import { explainOutcome, type HostOutcome } from "./host-problem.ts";
import { readKept, writeKept } from "./kept-result.ts";
import { obtainBundle } from "./obtained-bundle.ts";
import { openSources } from "./sources.ts";
import type { BundleKey } from "./stored-bundle.ts";

/** How hosts are loaded. */
export interface LoadOptions {
  /** Names of the modules that host code finds where it is run, such as `firn` and `zod`; what else it imports is bundled. */
  readonly shared: readonly string[];
  /** Where bundles are kept. @default $XDG_CACHE_HOME/firn or ~/.cache/firn */
  readonly cacheDirectory?: string;
  /** Folders of packages, relative to the flake, whose modules are loaded beside the hosts. @default none */
  readonly modules?: readonly string[];
  /** Folders beside the flake whose files host code may be made of: those of its inputs. */
  readonly inputFolders?: readonly string[];
}

/** The code of hosts, to be run by a process that may do nothing else. */
export interface LoadedBundle {
  /** The file name that is to stand for the code in stacks. */
  readonly name: string;
  /** Text of an object of functions, by the names in `chunks`; see `bundle.ts`. */
  readonly code: string;
  /** V8's compiled form, as it was given to `keepCompiled`; only the process that runs the code may use it. */
  readonly compiled: Uint8Array | undefined;
  /** The hosts that can be run, then the packages, in the order they were asked for, each with the chunk that exports it. */
  readonly hosts: readonly { readonly name: string; readonly chunk: string }[];
  /** Problems of the other hosts, by name. */
  readonly failures: ReadonlyMap<string, readonly Diagnostic[]>;
  /** Whether nothing had to be bundled. */
  readonly fromCache: boolean;
  /** Explains why a host that was run gave no module. */
  explain(host: string, outcome: HostOutcome): Promise<readonly Diagnostic[]>;
  /** Makes what finds positions in the sources; it loads a parser, so only a problem or a question asks for it. */
  openSources(): Promise<Sources>;
  /**
   * Stores the code for the next command, with V8's compiled form of all that
   * has run where there is a new one; does nothing when that is how it was found.
   */
  keepCompiled(compiled: Uint8Array | undefined): void;
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
 * Loads the code of hosts, from the cache when nothing it is made of has changed; runs none of it.
 *
 * Problems come with the host they concern: `unknown-host`, `bad-host-package`,
 * `bad-workspace`, `syntax-error`, `unresolved-import`, `impure-import`,
 * `top-level-await`; after it was run, `host-threw`, `no-default-export`,
 * `not-a-module`.
 *
 * @param names names of hosts, each once
 */
export async function loadBundle(flake: Flake, names: readonly string[], options: LoadOptions): Promise<LoadedBundle> {
  const key = keyOf(flake, names, options);
  const cacheDirectory = options.cacheDirectory ?? defaultCacheDirectory();
  const obtained = await obtainBundle(key, cacheDirectory);
  const { bundle, failures, compiled, fromCache } = obtained;
  const code = bundle?.code ?? "{}";
  // V8 shows the name that code was first compiled under, whatever it is given with the compiled form: so the name follows from the code.
  const name = `firn:bundle/${crc32(code).toString(16)}`;
  const chunks = bundle?.chunks ?? {};
  const runnable = [...names, ...(options.modules ?? [])].filter((each) => !failures.has(each));
  return {
    name,
    code,
    compiled,
    hosts: runnable.flatMap((each) => {
      const chunk = chunks[each];
      return chunk === undefined ? [] : [{ name: each, chunk }];
    }),
    failures,
    fromCache,
    explain: (host, outcome) => explainHost(flake, host, outcome),
    openSources: () => openSources(bundle && { bundle: { name, root: flake.root, maps: bundle.maps } }),
    keepCompiled: obtained.keep,
    keep: (stamp, text) => {
      if (bundle !== undefined && failures.size === 0) writeKept(bundle, { key, cacheDirectory, stamp }, text);
    },
  };
}

function keyOf(
  { root }: Flake,
  names: readonly string[],
  { shared, inputFolders = [], modules = [] }: LoadOptions,
): BundleKey {
  const hosts = [...names].toSorted();
  return { root, inputFolders, hosts, modules: [...modules].toSorted(), shared: [...shared].toSorted() };
}

async function explainHost(flake: Flake, name: string, outcome: HostOutcome): Promise<readonly Diagnostic[]> {
  if (outcome.kind === "module") return [];
  const { host } = await findHost(flake, name);
  if (host === undefined) throw new InternalError(`The host "${name}" was bundled but has no entry`);
  return explainOutcome(host, outcome);
}
