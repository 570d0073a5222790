import type { Diagnostic } from "@firn/diagnostic";
import type { Flake } from "@firn/loader";
import {
  generationFiles,
  generationLinks,
  type Manifest,
  type ManifestEntry,
  readManifest,
  renderManifest,
} from "@firn/manifest";
import { hashContent, type Store } from "@firn/store";
import { ensureInputs } from "../ensure-inputs.ts";
import { findConfiguration } from "../kept-configuration.ts";
import type { Terminal } from "../terminal.ts";
import { type FlakeContents, openContents } from "./flake-contents.ts";
import { fetchPackages, findPackages, type HostPackages, type Moved, type PackageFetch } from "./host-packages.ts";

/** A host that was built. */
export interface BuiltHost {
  readonly manifest: Manifest;
  /** Name of the generation in the store. */
  readonly generation: string;
  /** Folder of the generation. */
  readonly path: string;
  /** What stands in the manifest, and the options it comes from. */
  readonly entries: readonly ManifestEntry[];
  readonly isNew: boolean;
  /** Missing: it has none. */
  readonly packages?: HostPackages;
  /** Packages that had to be fetched for it. */
  readonly fetched: Moved;
}

/** What is built, and where it is kept. */
export interface HostToBuild {
  readonly flake: Flake;
  readonly host: string;
  readonly store: Store;
  /** OCI registry that has packages, asked before all other addresses. */
  readonly registry?: string;
}

/**
 * Evaluates a host, unless that was done before, and builds its generation, unless the store has it.
 *
 * @returns undefined when the configuration has errors, which were reported
 */
export async function buildHost(
  { flake, host, registry, store }: HostToBuild,
  terminal: Terminal,
): Promise<BuiltHost | undefined> {
  const inputFolders = await ensureInputs(flake, terminal);
  const kept = await findConfiguration(flake, host, inputFolders);
  if (kept !== undefined) {
    const built = await readConfiguration(kept, { flake, host }, { registry, store, terminal });
    // Without its origins a plan could not say where anything comes from.
    if ("manifest" in built && store.readOrigins(built.generation) !== undefined)
      return place(built, { registry, store, terminal });
  }
  // The engine takes longer to load than all of the above.
  const { evaluateConfiguration, reportAtDefinitions } = await import("./evaluate-configuration.ts");
  const { renderOrigins } = await import("./origins.ts");
  const evaluated = await evaluateConfiguration(flake, host, terminal);
  if (evaluated === undefined) return undefined;
  const built = await readConfiguration(evaluated.text, { flake, host }, { registry, store, terminal });
  if ("diagnostics" in built) {
    await reportAtDefinitions(built.diagnostics, { flake, host }, terminal);
    return undefined;
  }
  const placed = await place(built, { registry, store, terminal });
  store.writeOrigins(built.generation, renderOrigins(await evaluated.originsOf(built.entries)));
  return placed;
}

interface ReadHost {
  readonly manifest: Manifest;
  readonly text: string;
  readonly generation: string;
  readonly entries: readonly ManifestEntry[];
  readonly contents: FlakeContents;
  /** Missing: it has none. */
  readonly packages?: HostPackages;
}

async function readConfiguration(
  text: string,
  { flake, host }: { flake: Flake; host: string },
  fetch: PackageFetch,
): Promise<ReadHost | { readonly diagnostics: readonly Diagnostic[] }> {
  const contents = openContents(flake);
  const configuration: unknown = JSON.parse(text);
  const found = findPackages(configuration, { contents, flake, host });
  if (found !== undefined && "diagnostics" in found) return found;
  const packages = found === undefined || found.made.own.length === 0 ? found : await makeAll(found, fetch);
  const locked = packages && { ...(packages.locked && { packages: packages.locked }), trees: packages.trees };
  const { diagnostics, entries, manifest } = readManifest(configuration, { host, contents, ...locked });
  if (manifest === undefined) return { diagnostics };
  const rendered = renderManifest(manifest);
  const generation = `${hashContent(rendered).slice(0, 32)}-${host}`;
  return { manifest, text: rendered, generation, entries, contents, ...(packages && { packages }) };
}

async function makeAll(packages: HostPackages, fetch: PackageFetch): Promise<HostPackages> {
  const { makeOwnPackages } = await import("./make-own-packages.ts");
  return makeOwnPackages(packages, fetch);
}

async function placeAllTrees(packages: HostPackages, manifest: Manifest, fetch: PackageFetch): Promise<Moved> {
  if (packages.trees.size === 0) return { fetched: 0, bytes: 0 };
  const { placeTrees } = await import("./place-trees.ts");
  return placeTrees({ trees: packages.trees, manifest }, { flake: packages, fetch });
}

async function place(
  { contents, entries, generation, manifest, packages, text }: ReadHost,
  fetch: PackageFetch,
): Promise<BuiltHost> {
  const { store } = fetch;
  const path = `${store.folder}/generations/${generation}`;
  const built = { manifest, generation, entries, path, ...(packages && { packages }) };
  const nothing = { fetched: 0, bytes: 0 };
  if (store.find(generation) !== undefined) return { ...built, isNew: false, fetched: nothing };
  const inTrees = packages === undefined ? nothing : await placeAllTrees(packages, manifest, fetch);
  const installed = packages && (await fetchPackages(packages.locked?.members ?? [], packages, fetch));
  try {
    const parts = { files: generationFiles(manifest), links: generationLinks(manifest) };
    const isNew = store.build({ name: generation, manifest: text, ...parts, read: (hash) => contents.read(hash) });
    const { bytes, fetched } = installed ?? nothing;
    return { ...built, isNew, fetched: { fetched: fetched + inTrees.fetched, bytes: bytes + inTrees.bytes } };
  } finally {
    installed?.hold.release();
  }
}
