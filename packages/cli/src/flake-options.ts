import { type Diagnostic, renderPath } from "@firn/diagnostic";
import { type Flake, readWorkspace } from "@firn/loader";
import type { ShownOption } from "@firn/sandbox";
import { relative } from "node:path";
import { ensureInputs } from "./ensure-inputs.ts";
import { evaluateHosts, type EvaluatedHosts } from "./evaluate-hosts.ts";
import { listLinkedPackages } from "./linked-packages.ts";
import { listHostNames } from "./open-flake.ts";
import type { Terminal } from "./terminal.ts";

/** An option of a flake. */
export interface FlakeOption extends ShownOption {
  /** Name of the package to import for it, where no host does yet. */
  readonly importFrom?: string;
}

/** The options that a flake has: those of its hosts, and those that its modules and its inputs' would bring. */
export interface FlakeOptions extends Pick<EvaluatedHosts, "openRendering"> {
  /** Sorted by path, each once; hidden ones left out. */
  readonly entries: readonly FlakeOption[];
  /** Why some hosts could not be loaded. */
  readonly problems: readonly Diagnostic[];
  /** Names of packages whose modules could not be loaded. */
  readonly unloaded: readonly string[];
}

/** Lists the options of all hosts of a flake, and of the modules that none of them imports. */
export async function listFlakeOptions(flake: Flake, terminal: Terminal): Promise<FlakeOptions> {
  const names = await listHostNames(flake);
  await ensureInputs(flake, terminal);
  const modules = await listModulePackages(flake);
  const question = { kind: "options" } as const;
  const { hosts, packages, openRendering } = await evaluateHosts(flake, names, {
    question,
    terminal,
    modules: [...modules.keys()],
  });
  const byPath = new Map<string, FlakeOption>();
  const add = (entries: readonly FlakeOption[] = []): void => {
    for (const entry of entries) {
      const path = renderPath(entry.path);
      if (entry.visible && !entry.internal && !byPath.has(path)) byPath.set(path, entry);
    }
  };
  for (const { answer } of hosts) add(answer?.options);
  for (const [folder, { options = [] }] of packages) {
    const importFrom = modules.get(folder);
    add(options.map((entry) => ({ ...entry, ...(importFrom !== undefined && { importFrom }) })));
  }
  const entries = [...byPath].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
  const problems = hosts.filter(({ answer }) => answer === undefined).flatMap(({ diagnostics }) => diagnostics);
  const unloaded = [...modules].flatMap(([folder, name]) => (packages.has(folder) ? [] : [name]));
  return { entries, problems, unloaded, openRendering };
}

/** Lists the packages that hosts can import modules from: names by folder relative to the flake. */
async function listModulePackages(flake: Flake): Promise<ReadonlyMap<string, string>> {
  const { packages } = await readWorkspace(flake);
  const own = packages
    .filter(({ kind }) => kind === "module")
    .map(({ directory, name, packageName = name }): [string, string] => [relative(flake.root, directory), packageName]);
  return new Map([...own, ...listLinkedPackages(flake.root)]);
}
