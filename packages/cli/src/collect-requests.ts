import { type Diagnostic, type Mark, renderPath, type RenderOptions } from "@firn/diagnostic";
import { findKept, type Flake } from "@firn/loader";
import {
  hostArchitecture,
  memberPaths,
  type PlacedRequest,
  readClosureRequests,
  readOwnPackages,
} from "@firn/manifest";
import type { ClosureRequest, ClosureSource } from "@firn/package-manager";
import { sharedModules, type ShownMembers } from "@firn/sandbox";
import { ensureInputs } from "./ensure-inputs.ts";
import { evaluationStamp, findConfiguration } from "./kept-configuration.ts";
import { openContents } from "./machine/flake-contents.ts";
import { listHostNames } from "./open-flake.ts";
import type { HostOwn } from "./own-candidates.ts";
import { hasErrors, reportProblems } from "./report-problems.ts";
import type { Terminal } from "./terminal.ts";

/** What the hosts of a flake ask the lock for. */
export interface CollectedRequests {
  readonly requests: readonly ClosureRequest[];
  /** What hosts make themselves. */
  readonly own: readonly HostOwn[];
  /** Hosts that have errors, which were reported: nobody knows what they ask for. */
  readonly broken: readonly string[];
  /** Opens the sources of the definitions; missing where configurations of before were read, which have none. */
  openRendering?(): Promise<RenderOptions>;
}

/** What requests are collected from. */
export interface CollectOptions {
  /** Package sources of the flake, in its order. */
  readonly sources: readonly ClosureSource[];
  readonly terminal: Terminal;
  /** Whether hosts are evaluated though nothing changed, so that it is known where definitions stand. @default false */
  readonly isFresh?: boolean;
}

/** Reads what packages all hosts ask for. Evaluates nothing unless their code changed. */
export async function collectRequests(
  flake: Flake,
  { isFresh = false, sources, terminal }: CollectOptions,
): Promise<CollectedRequests> {
  const names = await listHostNames(flake);
  if (names.length === 0) return { requests: [], own: [], broken: [] };
  const kept = isFresh ? undefined : await findConfigurations(flake, names, await ensureInputs(flake, terminal));
  const options = { flake, sources };
  if (kept === undefined) return evaluateRequests(names, options, terminal);
  const read = [...kept].map(([host, text]) => readRequests(host, text, options));
  // What is wrong is told where it stands, which only an evaluation knows.
  if (read.some(({ diagnostics }) => diagnostics.length > 0)) return evaluateRequests(names, options, terminal);
  const requests = read.flatMap((each) => each.requests.map(({ request }) => request));
  return { requests, own: read.map(({ own }) => own), broken: [] };
}

interface Reading {
  readonly flake: Flake;
  readonly sources: readonly ClosureSource[];
}

/** Of a host alone the configuration is kept as other commands keep it. */
async function findConfigurations(
  flake: Flake,
  names: readonly string[],
  inputFolders: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) {
    const text = await findConfiguration(flake, only, inputFolders);
    return text === undefined ? undefined : new Map([[only, text]]);
  }
  const text = await findKept(flake, names, { shared: sharedModules, stamp: evaluationStamp(), inputFolders });
  return text === undefined ? undefined : new Map(JSON.parse(text) as [string, string][]); // It was kept below.
}

/** What was read of a configuration. */
interface ReadHost {
  readonly requests: readonly PlacedRequest[];
  readonly own: HostOwn;
  readonly diagnostics: readonly Diagnostic[];
}

function readRequests(host: string, text: string, { flake, sources }: Reading): ReadHost {
  const configuration: unknown = JSON.parse(text);
  const contents = openContents(flake);
  const { diagnostics, own } = readOwnPackages(configuration, contents);
  const read = readClosureRequests(configuration, { host, contents, sources, own });
  return {
    requests: read.requests,
    own: { host, architecture: hostArchitecture(configuration, contents), own },
    diagnostics: [...diagnostics, ...read.diagnostics],
  };
}

async function evaluateRequests(
  names: readonly string[],
  reading: Reading,
  terminal: Terminal,
): Promise<CollectedRequests> {
  // The engine takes longer to load than all that comes before.
  const { evaluateHosts } = await import("./evaluate-hosts.ts");
  const question = { kind: "members", paths: packagePaths } as const;
  const { hosts, keep, openRendering } = await evaluateHosts(reading.flake, names, { question, terminal });
  const configurations: [string, string][] = [];
  const requests: ClosureRequest[] = [];
  const own: HostOwn[] = [];
  const broken: string[] = [];
  for (const { answer, diagnostics, name } of hosts) {
    const problems = [...diagnostics, ...(answer?.value?.diagnostics ?? [])];
    const text = answer?.value?.whole ?? answer?.value?.json;
    const members = answer?.members?.members ?? [];
    const read = hasErrors(problems) || text === undefined ? undefined : readRequests(name, text, reading);
    const found = read?.diagnostics.map((problem) => atDefinitions(problem, members)) ?? [];
    await reportProblems([...problems, ...found], openRendering, terminal);
    if (read === undefined || hasErrors(found)) broken.push(name);
    else {
      requests.push(...read.requests.map((placed) => withMarks(placed, members)));
      own.push(read.own);
    }
    if (problems.length + found.length === 0 && text !== undefined) configurations.push([name, text]);
  }
  if (configurations.length === names.length) keep(evaluationStamp(), textToKeep(configurations));
  return { requests, own, broken, openRendering };
}

/** Paths of the options that name packages. */
const packagePaths = memberPaths.filter((path) => path.includes("packages"));

function textToKeep(configurations: readonly (readonly [string, string])[]): string {
  const [only, ...others] = configurations;
  const isAlone = only !== undefined && others.length === 0;
  return isAlone ? JSON.stringify(JSON.parse(only[1])) : JSON.stringify(configurations);
}

type Members = ShownMembers["members"];

function withMarks({ option, request }: PlacedRequest, members: Members): ClosureRequest {
  const marks = new Map<string, Mark[]>();
  const owner = renderPath(option);
  for (const { path, place } of members) {
    const name = path.at(-1) ?? "";
    if (renderPath(path.slice(0, -1)) !== owner) continue;
    marks.set(name, [...(marks.get(name) ?? []), { role: "asked for here", place }]);
  }
  return { ...request, marks };
}

function atDefinitions(problem: Diagnostic, members: Members): Diagnostic {
  const { marks, optionPath = [] } = problem;
  const paths = new Set(optionPath.map((_, index) => renderPath(optionPath.slice(0, index + 1))));
  const own = members.filter(({ path }) => paths.has(renderPath(path)));
  return { ...problem, marks: [...marks, ...own.map(({ place }) => ({ role: "defined here", place }))] };
}
