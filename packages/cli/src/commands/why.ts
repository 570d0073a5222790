import { DiagnosticError } from "@firn/diagnostic";
import type { Flake } from "@firn/loader";
import { type CommandCall, exitStatus } from "../command.ts";
import { evaluateHosts } from "../evaluate-hosts.ts";
import { optionOfPath } from "../machine/option-of-path.ts";
import { listHostNames, openFlake } from "../open-flake.ts";
import { parseOptionPath } from "../option-path.ts";
import { explanationData, renderExplanation } from "../render-explanation.ts";
import { findPackageChains, optionOfChain, renderPackageChain } from "../package-chain.ts";
import { reportProblems } from "../report-problems.ts";
import { painter, type Terminal } from "../terminal.ts";
import { unknownFile, unknownPath } from "../unknown-path.ts";

/** Explains where a value comes from. */
export async function run({ positionals, flags, terminal }: CommandCall): Promise<number> {
  const flake = openFlake(terminal);
  const [name = "", pathText] = positionals.length > 1 ? positionals : [terminal.hostName, ...positionals];
  // Whoever names only a host has forgotten the path, and not misspelt one.
  if (pathText === undefined || (positionals.length === 1 && (await listHostNames(flake)).includes(pathText))) {
    throw missingPath();
  }
  const chains = pathText.startsWith("/") ? [] : findPackageChains(flake, { host: name, name: pathText });
  const path = pathText.startsWith("/")
    ? await pathOfFile({ flake, host: name, path: pathText }, terminal)
    : chains.length === 0
      ? parseOptionPath(pathText)
      : chains.map(optionOfChain).find((option) => option !== undefined);
  if (!flags.json) for (const line of chains.flatMap(renderPackageChain)) terminal.print(line);
  // What every tree has nobody has asked for.
  if (path === undefined) return chains.length === 0 ? exitStatus.problem : exitStatus.done;
  const question = { kind: "explain", path, depth: flags.depth } as const;
  const { hosts, openRendering } = await evaluateHosts(flake, [name], { question, terminal });
  const { answer, diagnostics = [] } = hosts[0] ?? {};
  if (answer === undefined) {
    await reportProblems(diagnostics, openRendering, terminal);
    return exitStatus.problem;
  }
  const { explanations = [], known = [] } = answer;
  const [explanation] = explanations;
  if (explanation === undefined) throw unknownPath(known, path, name);
  const render = await openRendering();
  const rendering = { explanations, render, depth: flags.depth, paint: painter(terminal.color) };
  const text = flags.json
    ? JSON.stringify(explanationData(explanation, rendering))
    : renderExplanation(explanation, rendering);
  terminal.print(text);
  return exitStatus.done;
}

/** Finds the option that puts something at a path of the machine; undefined when there are problems, which were reported. */
async function pathOfFile(
  question: { flake: Flake; host: string; path: string },
  terminal: Terminal,
): Promise<readonly string[] | undefined> {
  const found = await optionOfPath(question, terminal);
  if (found !== undefined && found.option === undefined) throw unknownFile(found.known, question);
  return found?.option;
}

function missingPath(): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: "Cannot explain without an option path",
      marks: [],
      fix: "firn why HOST PATH, for example: firn why web services.nginx.enable",
    },
  ]);
}
