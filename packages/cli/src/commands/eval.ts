import { type Diagnostic, renderText } from "@firn/diagnostic";
import { type CommandCall, exitStatus } from "../command.ts";
import { ensureInputs } from "../ensure-inputs.ts";
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
  const inputFolders = await ensureInputs(flake, terminal);
  const kept = flags.fresh ? undefined : await findConfiguration(flake, name, inputFolders);
  if (kept !== undefined && path.length === 0 && flags.json) return print(kept, terminal);
  const known = kept === undefined ? undefined : readConfiguration(kept, path);
  if (known !== undefined)
    return print(renderResult(known, { json: flags.json, isShown: terminal.isShown === true }), terminal);
  // The engine takes longer to load than all of the above.
  const { evaluateHosts } = await import("../evaluate-hosts.ts");
  const { hosts, openRendering, keep } = await evaluateHosts(flake, [name], {
    question: { kind: "value", path },
    terminal,
  });
  const [host = { name, diagnostics: [] }] = hosts;
  const { value, problems } = readHost(host, path);
  await reportProblems(problems, openRendering, terminal);
  if (hasErrors(problems)) return exitStatus.problem;
  const whole = host.answer?.value?.whole;
  // Parsed and written again, since it is printed as it is from now on.
  if (whole !== undefined) keep(evaluationStamp(), JSON.stringify(JSON.parse(whole)));
  return print(renderResult(value, { json: flags.json, isShown: terminal.isShown === true }), terminal);
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
function readHost({ name, answer, diagnostics }: EvaluatedHost, path: readonly string[]): Reading {
  const { json, known, diagnostics: missing = [] } = answer?.value ?? {};
  if (answer === undefined || path.length === 0) return { value: parse(json), problems: [...diagnostics, ...missing] };
  if (known !== undefined) return { problems: unknownPath(known, path, name).diagnostics };
  if (json === undefined) return { problems: explainMissing(missing, diagnostics) };
  return { value: parse(json), problems: diagnostics.filter(({ severity }) => severity === "warning") };
}

function parse(json: string | undefined): unknown {
  return json === undefined ? undefined : JSON.parse(json);
}

/** An option may lack a value because of another error, which is then the one to mend. */
function explainMissing(missing: readonly Diagnostic[], all: readonly Diagnostic[]): readonly Diagnostic[] {
  const errors = all.filter(({ severity }) => severity === "error");
  return missing[0]?.code === "no-value" && errors.length > 0 ? [...errors, ...missing] : missing;
}

/** On a terminal, what a text has that would move the cursor is shown instead; elsewhere a text is given as it is. */
function renderResult(value: unknown, { json, isShown }: { json: boolean; isShown: boolean }): string {
  if (json) return JSON.stringify(value);
  if (typeof value !== "string") return JSON.stringify(value, undefined, 2);
  const text = value.replace(/\n$/, "");
  return isShown ? renderText(text) : text;
}
