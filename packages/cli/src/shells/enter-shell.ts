import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runInTree, shellEnvironment, writeShellStart } from "@firn/package-shell";
import { listPrograms } from "@firn/package-tree";
import type { Terminal } from "../terminal.ts";
import type { ReadyShell } from "./kept-shell.ts";

/** How somebody wants to be in a shell. */
export interface Entrance {
  /** What it is called: in FIRN_SHELL, and in the prompt. */
  readonly name: string;
  /** Whether programs and variables of the machine are left out. @default false */
  readonly isPure?: boolean;
  /** What runs there; empty for an interactive shell. */
  readonly command: readonly string[];
}

/**
 * Runs a command in a shell, or an interactive one.
 *
 * @returns the exit status of what ran
 * @throws DiagnosticError "no-namespace"
 */
export async function enterShell(
  { environment: set, folder, tree }: ReadyShell,
  { command, isPure = false, name }: Entrance,
  terminal: Terminal,
): Promise<number> {
  noteUse(join(folder, "shells"), basename(tree));
  const { directory, environment } = terminal;
  const variables = shellEnvironment({ tree, name, environment, set, isPure });
  const run = { tree, cwd: directory, isPure };
  const [program, ...args] = command;
  if (program !== undefined) return runInTree({ ...run, command: program, args, environment: variables });
  const shell = findShellProgram(tree, environment["SHELL"]);
  const start = writeShellStart({ shell, prompt: name, folder: join(folder, "shell-starts"), environment });
  return runInTree({
    ...run,
    command: shell,
    args: start.args,
    environment: { ...variables, ...start.environment, SHELL: shell },
  });
}

/** A collection keeps the trees that were used of late: the time of such a file says it. */
function noteUse(folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), "");
}

/** The shell of the user where the tree has it; every tree has bash. */
function findShellProgram(tree: string, wanted = ""): string {
  const found = listPrograms(tree).find(({ name }) => name === basename(wanted));
  return found?.path ?? "/usr/bin/bash";
}
