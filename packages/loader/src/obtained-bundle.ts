import { dirname } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { Bundle } from "./bundle.ts";
import { checkMembership, findHost, findPackage } from "./host-entry.ts";
import { checkFreshness } from "./input-file.ts";
import { pruneCache } from "./prune-cache.ts";
import { bundleFile, type BundleKey, readStored, type StoredBundle, writeStored } from "./stored-bundle.ts";
import { listHosts } from "./workspace.ts";

/** A bundle from the cache, or a new one. */
export interface ObtainedBundle {
  /** Missing when no host could be bundled. */
  readonly bundle: Bundle | undefined;
  /** V8's compiled form of it, as far as it is known. */
  readonly compiled: Uint8Array | undefined;
  /** Problems of hosts that are not in the bundle, by host name. */
  readonly failures: ReadonlyMap<string, readonly Diagnostic[]>;
  readonly fromCache: boolean;
  /** Stores the bundle, unless that is how it was obtained; with a compiled form that was made of it, in any case. */
  keep(compiled: Uint8Array | undefined): void;
}

/** Obtains the bundle of some hosts: the stored one when it is fresh, otherwise a new one. */
export async function obtainBundle(key: BundleKey, cacheDirectory: string): Promise<ObtainedBundle> {
  const file = bundleFile(cacheDirectory, key);
  const stored = await readFresh(file, key);
  const built = stored === undefined ? await build(key) : { bundle: stored.bundle, failures: new Map() };
  const isStorable = built.bundle?.isSettled === true && built.failures.size === 0;
  return {
    ...built,
    compiled: stored?.compiled,
    fromCache: stored !== undefined,
    keep(compiled) {
      if (!isStorable || built.bundle === undefined) return;
      if (stored !== undefined && compiled === undefined) return;
      const written = writeStored(file, key, { bundle: built.bundle, compiled });
      if (written && stored === undefined) pruneCache(dirname(file));
    },
  };
}

/** Reads the stored bundle if what it was made of is still the same. */
async function readFresh(file: string, key: BundleKey): Promise<StoredBundle | undefined> {
  const stored = readStored(file, key);
  if (stored === undefined) return undefined;
  const { fresh, renewed } = await checkFreshness(stored.bundle.inputs);
  if (!fresh || renewed === undefined) return fresh ? stored : undefined;
  const current = { ...stored, bundle: { ...stored.bundle, inputs: renewed } };
  writeStored(file, key, current);
  return current;
}

type Built = Pick<ObtainedBundle, "bundle" | "failures">;

/** Bundles hosts, and lists the workspace meanwhile: the bundler works beside this thread. */
async function build({ root, hosts, modules, inputFolders, shared }: BundleKey): Promise<Built> {
  const found = await Promise.all(hosts.map((name) => findHost({ root }, name)));
  const packages = await Promise.all(modules.map((folder) => findPackage({ root }, folder)));
  const entries = [...found.flatMap(({ host }) => host ?? []), ...packages.flatMap((each) => each ?? [])];
  const { buildHosts } = await import("./build-hosts.ts");
  const building = buildHosts(entries, { root, inputFolders, shared });
  const [{ bundle, failures }, known] = await Promise.all([building, listHosts({ root })]);
  const outsiders = found.map((host): [string, readonly Diagnostic[]] => [
    host.name,
    known.diagnostics.length > 0 ? known.diagnostics : checkMembership(host, known.names),
  ]);
  return { bundle, failures: new Map([...failures, ...outsiders.filter(([, diagnostics]) => diagnostics.length > 0)]) };
}
