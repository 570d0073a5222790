import type { Diagnostic, RenderOptions, Sources } from "@firn/diagnostic";
import { type Flake, loadBundle, type LoadedBundle } from "@firn/loader";
import { type HostAnswer, type Question, sharedModules, startSandbox } from "@firn/sandbox";
import { relative } from "node:path";
import { ensureInputs } from "./ensure-inputs.ts";
import { evaluatorFolder } from "./evaluator-folder.ts";
import type { Terminal } from "./terminal.ts";

/** A host after evaluation. */
export interface EvaluatedHost {
  readonly name: string;
  /** What was asked; missing when the host could not be loaded or evaluated. */
  readonly answer?: HostAnswer;
  /** Problems of loading and of evaluation. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Evaluated hosts, and how to show their problems. */
export interface EvaluatedHosts {
  readonly hosts: readonly EvaluatedHost[];
  /** What the packages that were asked for answered, by folder; those that could not be loaded are left out. */
  readonly packages: ReadonlyMap<string, HostAnswer>;
  /** Opens the sources for rendering; costs a parser, so only a problem or a question asks for it. */
  openRendering(): Promise<RenderOptions>;
  /** Keeps a text that follows from the hosts alone; see `kept-configuration.ts`. */
  keep(stamp: string, text: string): void;
}

/** What is asked of hosts. */
export interface EvaluateOptions {
  readonly question: Question;
  readonly terminal: Terminal;
  /** Folders of packages, relative to the flake, that are asked too, each alone. @default none */
  readonly modules?: readonly string[];
}

/** Loads and evaluates hosts of a flake, and asks a question about each. None of their code runs in this process. */
export async function evaluateHosts(
  flake: Flake,
  names: readonly string[],
  { question, terminal, modules = [] }: EvaluateOptions,
): Promise<EvaluatedHosts> {
  // It boots while the code is looked for.
  const sandbox = startSandbox({ folder: evaluatorFolder });
  try {
    const inputFolders = await ensureInputs(flake, terminal);
    const loaded = await loadBundle(flake, names, { shared: sharedModules, inputFolders, modules });
    const answers = new Map<string, HostAnswer>();
    if (loaded.hosts.length > 0) {
      const { hosts, compiled } = await sandbox.evaluate({ ...loaded, question });
      loaded.hosts.forEach(({ name }, index) => hosts[index] && answers.set(name, hosts[index]));
      loaded.keepCompiled(compiled);
    }
    const hosts = await Promise.all(names.map((name) => settleHost(name, answers.get(name), loaded)));
    const packages = new Map(modules.flatMap((folder) => packageAnswer(folder, answers)));
    return { hosts, packages, openRendering: () => openRendering(loaded, flake, terminal), keep: loaded.keep };
  } finally {
    sandbox.stop();
  }
}

function packageAnswer(folder: string, answers: ReadonlyMap<string, HostAnswer>): [string, HostAnswer][] {
  const answer = answers.get(folder);
  const isLoaded = answer?.failed === undefined && !["threw", "refused"].includes(answer?.outcome.kind ?? "threw");
  return isLoaded && answer !== undefined ? [[folder, answer]] : [];
}

async function settleHost(name: string, answer: HostAnswer | undefined, loaded: LoadedBundle): Promise<EvaluatedHost> {
  if (answer === undefined) return { name, diagnostics: loaded.failures.get(name) ?? [] };
  const { outcome, diagnostics, failed } = answer;
  const problems = [...(await loaded.explain(name, outcome)), ...diagnostics];
  return outcome.kind === "module" && failed === undefined
    ? { name, answer, diagnostics: problems }
    : { name, diagnostics: problems };
}

async function openRendering(
  loaded: LoadedBundle,
  flake: Flake,
  { color, directory }: Terminal,
): Promise<RenderOptions> {
  const sources: Sources = await loaded.openSources();
  const showFile = (file: string): string => (file.startsWith(flake.root) ? relative(directory, file) : file);
  return { sources, showFile, color };
}
