import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { testHostProblem } from "./test-host-problem.ts";

/** What a command said, and how it ended. */
export interface CommandResult {
  /** 0 for success; 128 and the number of the signal for a command that a signal ended. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a program is given besides its arguments. */
export interface ProgramOptions {
  /** What it reads; nothing by default. */
  readonly input?: string | Uint8Array | undefined;
  /** Variables besides those of this process. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Hears each piece of its output as it comes. */
  readonly report?: ((text: string) => void) | undefined;
}

/** Milliseconds in which output may still come once the program has ended: what it left running can hold the pipe. */
const outputGrace = 2000;

/** Runs a program of this machine to its end; no status is an error. */
export function runProgram(command: readonly string[], options: ProgramOptions = {}): Promise<CommandResult> {
  const child = startProgram(command, options);
  const stdout = collect(child, "stdout", options);
  const stderr = collect(child, "stderr", options);
  child.once("exit", () => {
    const timer = setTimeout(() => {
      child.stdout?.destroy();
      child.stderr?.destroy();
    }, outputGrace);
    child.once("close", () => clearTimeout(timer));
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve({ status: statusOf(child), stdout: stdout(), stderr: stderr() }));
  });
}

/** Runs a program of this machine that has to succeed, and returns what it printed. */
export async function requireProgram(command: readonly string[], options: ProgramOptions = {}): Promise<string> {
  const result = await runProgram(command, options);
  if (result.status !== 0) throw commandProblem(command, result);
  return result.stdout;
}

/** Describes a command that failed, with all that it said. */
export function commandProblem(command: readonly string[], result: CommandResult): Error {
  const said = [
    `Its status is ${result.status}`,
    ...linesOf("It wrote", result.stderr),
    ...linesOf("It printed", result.stdout),
  ];
  const error = testHostProblem(`Cannot run "${command.join(" ")}"`, { why: said });
  // Tests print the message of an error and nothing else of it.
  error.message = [error.message, ...said].join("\n");
  return error;
}

function linesOf(label: string, text: string): string[] {
  return text.trim() === "" ? [] : [`${label}: ${text.trimEnd()}`];
}

function startProgram([program = "", ...args]: readonly string[], options: ProgramOptions): ChildProcess {
  const child = spawn(program, args, {
    stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    env: { ...process.env, ...options.environment },
  });
  // A program that reads nothing closes the pipe, which is no failure.
  child.stdin?.on("error", () => {});
  child.stdin?.end(options.input);
  return child;
}

function collect(child: ChildProcess, name: "stdout" | "stderr", { report }: ProgramOptions): () => string {
  const pieces: Buffer[] = [];
  child[name]?.on("data", (piece: Buffer) => {
    pieces.push(piece);
    report?.(piece.toString());
  });
  return () => Buffer.concat(pieces).toString();
}

function statusOf({ exitCode, signalCode }: ChildProcess): number {
  return exitCode ?? 128 + (signalCode === null ? 0 : constants.signals[signalCode]);
}
