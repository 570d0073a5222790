import type { Flake } from "@firn/loader";
import { generationFiles, type Manifest, type ManifestEntry, readManifest, renderManifest } from "@firn/manifest";
import { hashContent, type Store } from "@firn/store";
import { ensureInputs } from "../ensure-inputs.ts";
import { findConfiguration } from "../kept-configuration.ts";
import type { Terminal } from "../terminal.ts";
import { openContents } from "./flake-contents.ts";

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
}

/** What is built, and where it is kept. */
export interface HostToBuild {
  readonly flake: Flake;
  readonly host: string;
  readonly store: Store;
}

/**
 * Evaluates a host, unless that was done before, and builds its generation, unless the store has it.
 *
 * @returns undefined when the configuration has errors, which were reported
 */
export async function buildHost(
  { flake, host, store }: HostToBuild,
  terminal: Terminal,
): Promise<BuiltHost | undefined> {
  const configuration = await readConfiguration(flake, host, terminal);
  if (configuration === undefined) return undefined;
  const contents = openContents(flake);
  const { diagnostics, entries, manifest } = readManifest(JSON.parse(configuration), { host, contents });
  if (manifest === undefined) {
    const { reportAtDefinitions } = await import("./evaluate-configuration.ts");
    await reportAtDefinitions(diagnostics, { flake, host }, terminal);
    return undefined;
  }
  const text = renderManifest(manifest);
  const generation = `${hashContent(text).slice(0, 32)}-${host}`;
  const isNew = store.build({
    name: generation,
    manifest: text,
    files: generationFiles(manifest),
    read: (hash) => contents.read(hash),
  });
  return { manifest, generation, entries, isNew, path: `${store.folder}/generations/${generation}` };
}

async function readConfiguration(flake: Flake, host: string, terminal: Terminal): Promise<string | undefined> {
  const inputFolders = await ensureInputs(flake, terminal);
  const kept = await findConfiguration(flake, host, inputFolders);
  if (kept !== undefined) return kept;
  // The engine takes longer to load than all of the above.
  const { evaluateConfiguration } = await import("./evaluate-configuration.ts");
  return evaluateConfiguration(flake, host, terminal);
}
