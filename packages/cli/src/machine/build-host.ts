import type { Diagnostic } from "@firn/diagnostic";
import type { Flake } from "@firn/loader";
import { generationFiles, type Manifest, type ManifestEntry, readManifest, renderManifest } from "@firn/manifest";
import { hashContent, type Store } from "@firn/store";
import { ensureInputs } from "../ensure-inputs.ts";
import { findConfiguration } from "../kept-configuration.ts";
import type { Terminal } from "../terminal.ts";
import { type FlakeContents, openContents } from "./flake-contents.ts";

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
  const inputFolders = await ensureInputs(flake, terminal);
  const kept = await findConfiguration(flake, host, inputFolders);
  if (kept !== undefined) {
    const built = readConfiguration(kept, { flake, host });
    // Without its origins a plan could not say where anything comes from.
    if ("manifest" in built && store.readOrigins(built.generation) !== undefined) return place(built, store);
  }
  // The engine takes longer to load than all of the above.
  const { evaluateConfiguration, reportAtDefinitions } = await import("./evaluate-configuration.ts");
  const { renderOrigins } = await import("./origins.ts");
  const evaluated = await evaluateConfiguration(flake, host, terminal);
  if (evaluated === undefined) return undefined;
  const built = readConfiguration(evaluated.text, { flake, host });
  if ("diagnostics" in built) {
    await reportAtDefinitions(built.diagnostics, { flake, host }, terminal);
    return undefined;
  }
  const placed = place(built, store);
  store.writeOrigins(built.generation, renderOrigins(await evaluated.originsOf(built.entries)));
  return placed;
}

interface ReadHost {
  readonly manifest: Manifest;
  readonly text: string;
  readonly generation: string;
  readonly entries: readonly ManifestEntry[];
  readonly contents: FlakeContents;
}

function readConfiguration(
  text: string,
  { flake, host }: { flake: Flake; host: string },
): ReadHost | { readonly diagnostics: readonly Diagnostic[] } {
  const contents = openContents(flake);
  const { diagnostics, entries, manifest } = readManifest(JSON.parse(text), { host, contents });
  if (manifest === undefined) return { diagnostics };
  const rendered = renderManifest(manifest);
  return { manifest, text: rendered, generation: `${hashContent(rendered).slice(0, 32)}-${host}`, entries, contents };
}

function place({ contents, entries, generation, manifest, text }: ReadHost, store: Store): BuiltHost {
  const isNew = store.build({
    name: generation,
    manifest: text,
    files: generationFiles(manifest),
    read: (hash) => contents.read(hash),
  });
  return { manifest, generation, entries, isNew, path: `${store.folder}/generations/${generation}` };
}
