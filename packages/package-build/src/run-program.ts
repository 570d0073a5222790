import { spawn } from "node:child_process";
import { buildFailure } from "./build-failure.ts";

/** A program of the machine. */
export interface ProgramToRun {
  readonly program: string;
  readonly args: readonly string[];
  /** Variables besides the path and the language. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Number of the open file that it reads. @default none */
  readonly input?: number;
  /** Is given what it prints; once it throws, the program is ended. @default nobody is */
  readonly onOutput?: (piece: Buffer) => void;
}

/** What is installed for a program. */
const packagesOf: Readonly<Record<string, string>> = { bzip2: "bzip2", lzip: "lzip", xz: "xz-utils", zstd: "zstd" };

/**
 * Runs a program to its end.
 *
 * @returns its exit status, and what it complained of
 * @throws DiagnosticError "build-failed" when it is not there; what `onOutput` throws
 */
export async function runProgram(run: ProgramToRun): Promise<{ readonly status: number; readonly said: string }> {
  const { args, environment, input = "ignore", onOutput, program } = run;
  const child = spawn(program, args, {
    env: { PATH: process.env["PATH"] || "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C", TZ: "UTC", ...environment },
    stdio: [input, "pipe", "pipe"],
  });
  const pieces: Buffer[] = [];
  child.stderr?.on("data", (piece: Buffer) => pieces.push(piece));
  let thrown: unknown;
  child.stdout?.on("data", (piece: Buffer) => {
    if (thrown !== undefined) return;
    try {
      onOutput?.(piece);
    } catch (reason) {
      thrown = reason;
      child.kill("SIGKILL");
    }
  });
  const status = await new Promise<number>((resolve, reject) => {
    child.once("error", (error) => reject(explainStart(program, error)));
    child.once("close", (code) => resolve(code ?? 128));
  });
  if (thrown !== undefined) throw thrown;
  return { status, said: Buffer.concat(pieces).toString() };
}

function explainStart(program: string, error: NodeJS.ErrnoException): unknown {
  if (error.code !== "ENOENT") return error;
  const fix = `Install it: sudo apt-get install ${packagesOf[program] ?? program}`;
  return buildFailure(`Cannot build packages: there is no program "${program}"`, { fix, cause: error });
}
