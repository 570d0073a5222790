import { type Diagnostic, renderPath } from "@firn/diagnostic";
import type { Flake } from "@firn/loader";
import type { ShownOption } from "@firn/sandbox";
import { evaluateHosts, type EvaluatedHosts } from "./evaluate-hosts.ts";
import { listHostNames } from "./open-flake.ts";
import type { Terminal } from "./terminal.ts";

/** The options that the hosts of a flake have between them. */
export interface FlakeOptions extends Pick<EvaluatedHosts, "openRendering"> {
  /** Sorted by path, each once; hidden ones left out. */
  readonly entries: readonly ShownOption[];
  /** Why some hosts could not be loaded. */
  readonly problems: readonly Diagnostic[];
}

/** Lists the options of all hosts of a flake. */
export async function listFlakeOptions(flake: Flake, terminal: Terminal): Promise<FlakeOptions> {
  const names = await listHostNames(flake);
  const { hosts, openRendering } = await evaluateHosts(flake, names, { question: { kind: "options" }, terminal });
  const byPath = new Map<string, ShownOption>();
  for (const entry of hosts.flatMap(({ answer }) => answer?.options ?? [])) {
    if (entry.visible && !entry.internal) byPath.set(renderPath(entry.path), entry);
  }
  const entries = [...byPath].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  const problems = hosts.filter(({ answer }) => answer === undefined).flatMap(({ diagnostics }) => diagnostics);
  return { entries, problems, openRendering };
}
