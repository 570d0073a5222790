import { findFlake } from "@firn/loader";
import { readManifest } from "@firn/manifest";
import { ensureInputs } from "../ensure-inputs.ts";
import { findConfiguration } from "../kept-configuration.ts";
import type { Terminal } from "../terminal.ts";
import { openContents } from "./flake-contents.ts";

/**
 * Gives the contents that hosts of the flake of this folder have today, by hash:
 * a good copy of what is damaged in a store. Problems of the flake are none of
 * the store, so that a host that cannot be evaluated just gives nothing.
 */
export async function contentsOfFlake(
  hosts: Iterable<string>,
  terminal: Terminal,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const contents = new Map<string, string | Uint8Array>();
  const { flake } = findFlake(terminal.directory);
  if (flake === undefined) return contents;
  const quiet: Terminal = { ...terminal, print: () => {}, report: () => {} };
  for (const host of new Set(hosts)) {
    try {
      const inputFolders = await ensureInputs(flake, quiet);
      const text = (await findConfiguration(flake, host, inputFolders)) ?? (await evaluate(flake, host, quiet));
      const reader = openContents(flake);
      if (text !== undefined) readManifest(JSON.parse(text), { host, contents: reader });
      for (const [hash, content] of reader.all()) contents.set(hash, content);
    } catch {
      continue; // The flake has no such host any more, or it does not build.
    }
  }
  return contents;
}

async function evaluate(
  flake: Parameters<typeof openContents>[0],
  host: string,
  terminal: Terminal,
): Promise<string | undefined> {
  const { evaluateConfiguration } = await import("./evaluate-configuration.ts");
  return (await evaluateConfiguration(flake, host, terminal))?.text;
}
