import type { Diagnostic, Mark } from "@firn/diagnostic";
import type { Flake } from "@firn/loader";
import { type ManifestEntry, memberPaths } from "@firn/manifest";
import { evaluateHosts } from "../evaluate-hosts.ts";
import { evaluationStamp } from "../kept-configuration.ts";
import { hasErrors, reportProblems } from "../report-problems.ts";
import type { Terminal } from "../terminal.ts";
import { findOrigins, type Origins } from "./origins.ts";

/** A configuration, and where what is in it is defined. */
export interface EvaluatedConfiguration {
  /** JSON. */
  readonly text: string;
  /** Finds where the entries of a manifest are defined. */
  originsOf(entries: readonly ManifestEntry[]): Promise<Origins>;
}

/**
 * Evaluates a host, and keeps its configuration for the next time.
 *
 * @returns undefined when it has errors, which were reported
 */
export async function evaluateConfiguration(
  flake: Flake,
  host: string,
  terminal: Terminal,
): Promise<EvaluatedConfiguration | undefined> {
  const question = { kind: "members", paths: memberPaths } as const;
  const { hosts, keep, openRendering } = await evaluateHosts(flake, [host], { question, terminal });
  const { answer, diagnostics = [] } = hosts[0] ?? {};
  const problems = [...diagnostics, ...(answer?.value?.diagnostics ?? [])];
  await reportProblems(problems, openRendering, terminal);
  if (hasErrors(problems)) return undefined;
  const whole = answer?.value?.whole;
  if (whole === undefined) return undefined;
  if (problems.length === 0) keep(evaluationStamp(), JSON.stringify(JSON.parse(whole)));
  const members = answer?.members ?? { members: [], calls: [], reads: [] };
  const originsOf = async (entries: readonly ManifestEntry[]): Promise<Origins> =>
    findOrigins({ flake, entries, members, render: await openRendering() });
  return { text: whole, originsOf };
}

/** Reports problems of values that the evaluation took for good, each at the lines that define its option. */
export async function reportAtDefinitions(
  problems: readonly Diagnostic[],
  { flake, host }: { flake: Flake; host: string },
  terminal: Terminal,
): Promise<void> {
  for (const problem of problems) {
    const { marks, openRendering } = await marksOf(problem, { flake, host }, terminal);
    await reportProblems([{ ...problem, marks: [...problem.marks, ...marks] }], openRendering, terminal);
  }
}

async function marksOf(
  { optionPath = [] }: Diagnostic,
  { flake, host }: { flake: Flake; host: string },
  terminal: Terminal,
): Promise<{ marks: readonly Mark[]; openRendering: Awaited<ReturnType<typeof evaluateHosts>>["openRendering"] }> {
  const question = { kind: "members", paths: [optionPath.slice(0, -1)] } as const;
  const { hosts, openRendering } = await evaluateHosts(flake, [host], { question, terminal });
  const members = hosts[0]?.answer?.members?.members ?? [];
  const own = members.filter(({ path }) => path.every((part, index) => part === optionPath[index]));
  return { marks: own.map(({ place }) => ({ role: "defined here", place })), openRendering };
}
