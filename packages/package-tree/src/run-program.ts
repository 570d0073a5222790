import { spawn } from "node:child_process";

/** What a program said. */
export interface ProgramOutput {
  readonly status: number;
  readonly stderr: string;
}

/** Runs a program to its end, for what it does. @returns nothing when there is no such program */
export function runProgram(program: string, args: readonly string[]): Promise<ProgramOutput | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { PATH: process.env["PATH"] || "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const pieces: Buffer[] = [];
    child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
    child.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "ENOENT" ? resolve(undefined) : reject(error),
    );
    child.once("close", (status, signal) => {
      const said = Buffer.concat(pieces).toString();
      if (signal === null) resolve({ status: status ?? 0, stderr: said });
      else resolve({ status: 128, stderr: `${said}\nIt was ended by ${signal}` });
    });
  });
}
