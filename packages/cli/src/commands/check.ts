import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { diagnosticData } from "../diagnostic-data.ts";
import { type EvaluatedHost, evaluateHosts, type EvaluatedHosts } from "../evaluate-hosts.ts";
import { listHostNames, openFlake } from "../open-flake.ts";
import { hasErrors, reportProblems } from "../report-problems.ts";

/** Evaluates hosts and reports every problem. */
export async function run({ positionals, flags, terminal }: CommandCall): Promise<number> {
  const flake = openFlake(terminal);
  const names = positionals.length > 0 ? positionals : await listHostNames(flake);
  const evaluated = await evaluateHosts(flake, names, { question: { kind: "problems" }, terminal });
  const { hosts, openRendering } = evaluated;
  if (flags.json) terminal.print(JSON.stringify(await checkData(evaluated)));
  else {
    for (const { diagnostics } of hosts) await reportProblems(diagnostics, openRendering, terminal);
    for (const host of hosts) terminal.print(`${host.name}: ${summarize(host)}`);
  }
  return hosts.some(({ diagnostics }) => hasErrors(diagnostics)) ? exitStatus.problem : exitStatus.done;
}

async function checkData({ hosts, openRendering }: EvaluatedHosts): Promise<object> {
  const rendering = hosts.some(({ diagnostics }) => diagnostics.length > 0) ? await openRendering() : {};
  return {
    hosts: hosts.map(({ name, diagnostics }) => ({
      name,
      diagnostics: diagnostics.map((each) => diagnosticData(each, rendering)),
    })),
  };
}

function summarize({ diagnostics }: EvaluatedHost): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const parts = [errors > 0 ? counted(errors, "error") : "", warnings > 0 ? counted(warnings, "warning") : ""];
  return parts.filter((part) => part !== "").join(", ") || "no problems";
}
