import type { Diagnostic, RenderOptions, Sources } from "@firn/diagnostic";
import { type Flake, type Loaded, type LoadedHost, loadHosts } from "@firn/loader";
import { evaluate, type Evaluation } from "@firn/module-system";
import { relative } from "node:path";
import { engine } from "./engine-modules.ts";
import type { Terminal } from "./terminal.ts";

/** A host after evaluation. */
export interface EvaluatedHost {
  readonly name: string;
  /** Missing when the host could not be loaded. */
  readonly evaluation?: Evaluation;
  /** Problems of loading and of evaluation. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Evaluated hosts, and how to show their problems. */
export interface EvaluatedHosts {
  readonly hosts: readonly EvaluatedHost[];
  /** Opens the sources for rendering; costs a parser, so only a problem or a question asks for it. */
  openRendering(): Promise<RenderOptions>;
  /** Keeps a text that follows from the hosts alone; see `kept-configuration.ts`. */
  keep(stamp: string, text: string): void;
}

/** Loads and evaluates hosts of a flake. */
export async function evaluateHosts(
  flake: Flake,
  names: readonly string[],
  terminal: Terminal,
): Promise<EvaluatedHosts> {
  const loaded = await loadHosts(flake, names, { engine });
  const hosts = loaded.hosts.map(evaluateLoaded);
  loaded.keepCompiled();
  return { hosts, openRendering: () => openRendering(loaded, flake, terminal), keep: loaded.keep };
}

function evaluateLoaded({ name, module, diagnostics }: LoadedHost): EvaluatedHost {
  if (module === undefined) return { name, diagnostics };
  const evaluation = evaluate({ modules: [module], name });
  return { name, evaluation, diagnostics: [...diagnostics, ...evaluation.diagnostics] };
}

async function openRendering(loaded: Loaded, flake: Flake, { color, directory }: Terminal): Promise<RenderOptions> {
  const sources: Sources = await loaded.openSources();
  const showFile = (file: string): string => (file.startsWith(flake.root) ? relative(directory, file) : file);
  return { sources, showFile, color };
}
