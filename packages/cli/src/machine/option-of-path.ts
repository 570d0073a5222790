import type { Flake } from "@firn/loader";
import { type Manifest, type ManifestEntry, readManifest } from "@firn/manifest";
import { ensureInputs } from "../ensure-inputs.ts";
import { findConfiguration } from "../kept-configuration.ts";
import type { Terminal } from "../terminal.ts";
import { openContents } from "./flake-contents.ts";

/** What a host has at a path of its machine. */
export interface OptionOfPath {
  /** Option that puts it there; missing when nothing of the host is at the path. */
  readonly option?: readonly string[];
  /** Paths of all that the host puts on its machine. */
  readonly known: readonly string[];
}

/**
 * Finds the option of a host that puts something at an absolute path of its machine.
 *
 * @returns undefined when the configuration has errors, which were reported
 */
export async function optionOfPath(
  { flake, host, path }: { flake: Flake; host: string; path: string },
  terminal: Terminal,
): Promise<OptionOfPath | undefined> {
  const inputFolders = await ensureInputs(flake, terminal);
  let text = await findConfiguration(flake, host, inputFolders);
  if (text === undefined) {
    const { evaluateConfiguration } = await import("./evaluate-configuration.ts");
    text = (await evaluateConfiguration(flake, host, terminal))?.text;
  }
  if (text === undefined) return undefined;
  const { diagnostics, entries, manifest } = readManifest(JSON.parse(text), { host, contents: openContents(flake) });
  if (diagnostics.length > 0) {
    const { reportAtDefinitions } = await import("./evaluate-configuration.ts");
    await reportAtDefinitions(diagnostics, { flake, host }, terminal);
    return undefined;
  }
  const placed = entries.flatMap((entry) => {
    const at = pathOf(entry, manifest);
    return at === undefined ? [] : [{ at, option: entry.option }];
  });
  const option = placed.find(({ at }) => at === path)?.option;
  return { known: placed.map(({ at }) => at), ...(option && { option }) };
}

/** The path that an entry is about; undefined for those that are about none, and in homes that the machine alone knows. */
function pathOf({ key }: ManifestEntry, manifest: Manifest | undefined): string | undefined {
  const [, path] = /^(?:file|directory) (.*)$/s.exec(key) ?? [];
  if (path !== undefined) return path;
  const [, user = "", below] = /^home-(?:file|directory) (\S+) (.*)$/s.exec(key) ?? [];
  const home = manifest?.users[user]?.home;
  return below === undefined || home === undefined ? undefined : `${home}/${below}`;
}
