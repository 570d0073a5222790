import { spawn } from "node:child_process";
import { constants } from "node:os";
import { DiagnosticError } from "@firn/diagnostic";
import { perl, type RunnerOptions, runnerArguments } from "./runner-command.ts";

/** What to run in a tree. */
export interface ProgramInTree extends RunnerOptions {
  /** Path as it is in the tree, or a name that is looked up in its PATH. */
  readonly command: string;
  readonly args: readonly string[];
  /** All of its environment; `shellEnvironment` makes one. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder that it starts in. @default that of this process */
  readonly cwd?: string;
  /** Where its streams lead. @default those of this process */
  readonly stdio?: "inherit" | readonly ["ignore" | "inherit", "inherit" | number, "inherit" | number];
}

/**
 * Runs a program in a tree, as this user: it sees the usr of the tree at /usr,
 * and all other folders of the machine. Streams and terminal are its own; what
 * would end this process ends the program instead, until which this waits.
 *
 * @returns its exit status; 128 and the number of the signal when one ended it
 * @throws DiagnosticError "no-namespace" when it cannot be started there, saying what has to be allowed
 */
export async function runInTree(program: ProgramInTree): Promise<number> {
  const { args, command, cwd, environment, stdio = "inherit" } = program;
  const streams = stdio === "inherit" ? (["inherit", "inherit", "inherit"] as const) : stdio;
  const child = spawn(perl, [...runnerArguments(program, 3), command, ...args], {
    env: { ...environment, PERL_BADLANG: "0" },
    stdio: [...streams, "pipe"],
    ...(cwd !== undefined && { cwd }),
  });
  const stopForwarding = forwardSignals((signal) => child.kill(signal));
  try {
    const told: Buffer[] = [];
    // What is piped can be read.
    (child.stdio[3] as NodeJS.ReadableStream | null)?.on("data", (piece: Buffer) => told.push(piece));
    const [status, signal] = await new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", (error) => reject(explainStart(error)));
      child.once("close", (...ending) => resolve(ending));
    });
    if (told.length > 0) throw explainFailure(command, Buffer.concat(told).toString());
    return signal === null ? (status ?? 0) : 128 + constants.signals[signal];
  } finally {
    stopForwarding();
  }
}

/** What others send to this process alone; what a terminal sends, the program gets by itself. */
const forwarded = ["SIGTERM", "SIGHUP", "SIGUSR1", "SIGUSR2"] as const;
const ignored = ["SIGINT", "SIGQUIT"] as const;

function forwardSignals(send: (signal: NodeJS.Signals) => void): () => void {
  const ignore = (): void => {};
  for (const signal of forwarded) process.on(signal, send);
  for (const signal of ignored) process.on(signal, ignore);
  return () => {
    for (const signal of forwarded) process.off(signal, send);
    for (const signal of ignored) process.off(signal, ignore);
  };
}

/** @param told three lines of the runner: what, the system's reason, what to do */
function explainFailure(command: string, told: string): DiagnosticError {
  const [what = "", reason = "", fix = ""] = told.split("\n");
  return failure(`Cannot run "${command}" in the tree: ${what}`, { why: [`The system says: ${reason}`], fix });
}

function explainStart(error: NodeJS.ErrnoException): unknown {
  if (error.code !== "ENOENT") return error;
  const reasons = { why: [`There is no program "${perl}"`], fix: "Install it: sudo apt-get install perl-base" };
  return failure("Cannot enter a tree of packages", { ...reasons, cause: error });
}

function failure(
  message: string,
  reasons: { readonly why: readonly string[]; readonly fix: string; readonly cause?: unknown },
): DiagnosticError {
  return new DiagnosticError([{ code: "no-namespace", severity: "error", marks: [], message, ...reasons }]);
}
