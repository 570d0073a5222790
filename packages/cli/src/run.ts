import {
  type Diagnostic,
  isDiagnosticError,
  renderDiagnostic,
  type RenderOptions,
  similarNames,
} from "@firn/diagnostic";
import { relative } from "node:path";
import { commands } from "./commands.ts";
import { type Command, exitStatus } from "./command.ts";
import { parseArguments } from "./flags.ts";
import { renderHelp, renderOverview } from "./help.ts";
import type { Terminal } from "./terminal.ts";
import { version } from "./version.ts";

/**
 * Runs firn with the given arguments.
 *
 * @returns the exit status: 0 done, 1 a problem in the configuration or the use
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "help", ...rest] = args;
  if (name === "--version" || name === "-V") return say(terminal, version);
  if (name === "help" || name === "--help" || name === "-h") return help(rest[0], terminal);
  const command = commands.find((each) => each.name === name);
  if (command === undefined) return unknownCommand(name, terminal);
  const own = splitRest(command, rest).own;
  if (own.includes("--help") || own.includes("-h")) return say(terminal, renderHelp(command));
  return runCommand(command, rest, terminal);
}

function say(terminal: Terminal, text: string): number {
  terminal.print(text);
  return exitStatus.done;
}

function help(name: string | undefined, terminal: Terminal): number {
  if (name === undefined) return say(terminal, renderOverview(commands));
  const command = commands.find((each) => each.name === name);
  return command === undefined ? unknownCommand(name, terminal) : say(terminal, renderHelp(command));
}

function unknownCommand(name: string, terminal: Terminal): number {
  const names = commands.map((each) => each.name);
  const near = similarNames(name, names).map((each) => `"firn ${each}"`);
  return complain(terminal, {
    code: "unknown-command",
    message: `Cannot run "${name}": there is no such command`,
    fix: `${near.length === 0 ? "" : `Did you mean ${near.join(" or ")}? `}"firn help" lists all commands`,
  });
}

function complain(
  terminal: Terminal,
  problem: { code: "unknown-command" | "bad-usage"; message: string; fix: string },
): number {
  terminal.report(renderDiagnostic({ severity: "error", marks: [], ...problem }, { color: terminal.color }));
  return exitStatus.problem;
}

/** Takes off what another program is called with. */
function splitRest(
  command: Command,
  args: readonly string[],
): { readonly own: readonly string[]; readonly rest: readonly string[] } {
  const end = command.takesRest === true ? args.indexOf("--") : -1;
  return end < 0 ? { own: args, rest: [] } : { own: args.slice(0, end), rest: args.slice(end + 1) };
}

async function runCommand(command: Command, args: readonly string[], terminal: Terminal): Promise<number> {
  const { own, rest } = splitRest(command, args);
  const parsed = parseArguments(own, command.flags);
  if (parsed.positionals === undefined) {
    return complain(terminal, {
      code: "bad-usage",
      message: parsed.problem,
      fix: `firn ${command.name} ${command.usage}`,
    });
  }
  try {
    const { run: runLoaded } = await command.load();
    return await runLoaded({ ...parsed, rest, terminal });
  } catch (thrown) {
    const problems = isDiagnosticError(thrown) ? thrown.diagnostics : [internalProblem(thrown)];
    const rendering = await openRendering(problems, terminal);
    for (const problem of problems) terminal.report(renderDiagnostic(problem, rendering));
    return exitStatus.problem;
  }
}

/** Opens the sources if there is a place to show. */
async function openRendering(problems: readonly Diagnostic[], terminal: Terminal): Promise<RenderOptions> {
  const { color, directory } = terminal;
  if (problems.every(({ marks }) => marks.length === 0)) return { color };
  const { openSources } = await import("@firn/loader");
  return { color, sources: await openSources(), showFile: (file) => relative(directory, file) };
}

function internalProblem(thrown: unknown): Diagnostic {
  const stack = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return {
    code: "internal",
    severity: "error",
    message: "Cannot go on: this is a mistake in Firn",
    marks: [],
    why: [stack],
    fix: "Report it, with the lines above and the command",
    cause: thrown,
  };
}
