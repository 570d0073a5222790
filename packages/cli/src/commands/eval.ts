import { type Diagnostic, isDiagnosticError } from "@firn/diagnostic";
import type { Evaluation } from "@firn/module-system";
import { type CommandCall, exitStatus } from "../command.ts";
import type { EvaluatedHost } from "../evaluate-hosts.ts";
import { evaluationStamp, findConfiguration, readConfiguration } from "../kept-configuration.ts";
import { openFlake } from "../open-flake.ts";
import { parseOptionPath } from "../option-path.ts";
import { hasErrors, reportProblems } from "../report-problems.ts";
import { unknownPath } from "../unknown-path.ts";

/** Prints the configuration of a host, or a part of it. */
export async function run({ positionals, flags, terminal }: CommandCall): Promise<number> {
  const [name = terminal.hostName, pathText] = positionals;
  const path = pathText === undefined ? [] : parseOptionPath(pathText);
  const flake = openFlake(terminal);
  const kept = flags.fresh ? undefined : await findConfiguration(flake, name);
  if (kept !== undefined && path.length === 0 && flags.json) return print(kept, terminal);
  const known = kept === undefined ? undefined : readConfiguration(kept, path);
  if (known !== undefined) return print(renderResult(known, flags.json), terminal);
  // The engine takes longer to load than all of the above.
  const { evaluateHosts } = await import("../evaluate-hosts.ts");
  const { hosts, openRendering, keep } = await evaluateHosts(flake, [name], terminal);
  const [host = { name, diagnostics: [] }] = hosts;
  const { value, problems } = readHost(host, path);
  await reportProblems(problems, openRendering, terminal);
  if (hasErrors(problems)) return exitStatus.problem;
  if (host.evaluation !== undefined && host.diagnostics.length === 0) {
    keep(evaluationStamp(), JSON.stringify(host.evaluation.value([])));
  }
  return print(renderResult(value, flags.json), terminal);
}

function print(text: string, terminal: CommandCall["terminal"]): number {
  terminal.print(text);
  return exitStatus.done;
}

interface Reading {
  readonly value?: unknown;
  readonly problems: readonly Diagnostic[];
}

/** Reads the whole or a part; for a part, what is broken elsewhere does not matter. */
function readHost(host: EvaluatedHost, path: readonly string[]): Reading {
  const { diagnostics, evaluation } = host;
  if (evaluation === undefined) return { problems: diagnostics };
  if (path.length === 0)
    return { value: hasErrors(diagnostics) ? undefined : evaluation.value([]), problems: diagnostics };
  const warnings = diagnostics.filter(({ severity }) => severity === "warning");
  try {
    return { value: readPart(evaluation, path, host.name), problems: warnings };
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    return { problems: explainMissing(thrown.diagnostics, diagnostics) };
  }
}

function readPart(evaluation: Evaluation, path: readonly string[], host: string): unknown {
  const value = evaluation.find(path) && evaluation.value(path);
  if (value === undefined) throw unknownPath(evaluation, path, host);
  return value;
}

/** An option may lack a value because of another error, which is then the one to mend. */
function explainMissing(missing: readonly Diagnostic[], all: readonly Diagnostic[]): readonly Diagnostic[] {
  const errors = all.filter(({ severity }) => severity === "error");
  return missing[0]?.code === "no-value" && errors.length > 0 ? [...errors, ...missing] : missing;
}

function renderResult(value: unknown, json: boolean): string {
  if (json) return JSON.stringify(value);
  return typeof value === "string" ? value.replace(/\n$/, "") : JSON.stringify(value, undefined, 2);
}
