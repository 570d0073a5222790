import { spawn } from "node:child_process";

/** What a program said. */
export interface ProgramOutput {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** How to run a program. */
export interface ProgramOptions {
  readonly args: readonly string[];
  /** All of its environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where relative names are below. @default the root */
  readonly folder?: string;
  /** Bytes after which it is ended. @default 64 MiB */
  readonly mostOutput?: number;
}

/** Runs a program without input, to its end. @returns nothing when there is no such program @throws Error when it cannot be started or prints too much */
export function runProgram(program: string, options: ProgramOptions): Promise<ProgramOutput | undefined> {
  const { args, environment, folder = "/", mostOutput = 64 * 1024 * 1024 } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: folder, env: { ...environment }, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] }; // Filled by what follows.
    let length = 0;
    for (const name of ["stdout", "stderr"] as const)
      child[name].on("data", (piece: Buffer) => {
        output[name].push(piece);
        length += piece.length;
        if (length > mostOutput) child.kill("SIGKILL");
      });
    child.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "ENOENT" ? resolve(undefined) : reject(error),
    );
    child.once("close", (status, signal) => {
      const stdout = Buffer.concat(output.stdout);
      const stderr = Buffer.concat(output.stderr).toString();
      if (signal !== null) return reject(new Error(`"${program}" was ended by ${signal}`));
      resolve({ status: status ?? 0, stdout, stderr });
    });
  });
}

/** Names the folders in which programs are looked up. */
export function programPath(environment: Readonly<Record<string, string | undefined>>): string {
  return environment["PATH"] || "/usr/sbin:/usr/bin:/sbin:/bin";
}
