import { type Diagnostic, renderPath } from "@firn/diagnostic";
import type { Flake } from "@firn/loader";
import type { OptionEntry } from "@firn/module-system";
import { evaluateHosts, type EvaluatedHosts } from "./evaluate-hosts.ts";
import { listHostNames } from "./open-flake.ts";
import type { Terminal } from "./terminal.ts";

/** The options that the hosts of a flake have between them. */
export interface FlakeOptions extends Pick<EvaluatedHosts, "openRendering"> {
  /** Sorted by path, each once; hidden ones left out. */
  readonly entries: readonly OptionEntry[];
  /** Why some hosts could not be loaded. */
  readonly problems: readonly Diagnostic[];
}

/** Lists the options of all hosts of a flake. */
export async function listFlakeOptions(flake: Flake, terminal: Terminal): Promise<FlakeOptions> {
  const { hosts, openRendering } = await evaluateHosts(flake, await listHostNames(flake), terminal);
  const byPath = new Map<string, OptionEntry>();
  for (const entry of hosts.flatMap(({ evaluation }) => evaluation?.options() ?? [])) {
    if (entry.visible && !entry.internal) byPath.set(renderPath(entry.path), entry);
  }
  const entries = [...byPath].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  const problems = hosts.filter(({ evaluation }) => evaluation === undefined).flatMap(({ diagnostics }) => diagnostics);
  return { entries, problems, openRendering };
}
