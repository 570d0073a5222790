import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

/** How the program is run. */
export interface FaultOptions {
  /** @default that of this process */
  readonly environment?: NodeJS.ProcessEnv;
}

/** How the program ended. */
export interface FaultResult {
  /** Exit status; 137 after a kill. */
  readonly status: number | null;
  /** What it printed, errors included. */
  readonly output: string;
  /** How many calls changed something until then. */
  readonly count: number;
}

/** Counts the system calls that change something. @throws Error when the program does not succeed */
export function countChanges(command: readonly string[], options: FaultOptions = {}): number {
  const { count, output, status } = run(["count"], command, options);
  if (status !== 0) throw new Error(`the program exits with ${status}: ${output}`);
  return count;
}

/** Kills a program, and all that it started, right before the n-th call (from 1) that changes something. */
export function killAt(n: number, command: readonly string[], options: FaultOptions = {}): FaultResult {
  return run(["kill", `${n}`], command, options);
}

/** Has the n-th call (from 1) that changes something fail, and where `isLasting` all after it too. */
export function failAt(
  n: number,
  { error, isLasting = false, ...options }: FaultOptions & { error: "ENOSPC" | "EIO" | "EROFS"; isLasting?: boolean },
  command: readonly string[],
): FaultResult {
  return run(["fail", `${constants.errno[error]}`, `${isLasting ? -n : n}`], command, options);
}

function run(mode: readonly string[], command: readonly string[], { environment }: FaultOptions): FaultResult {
  const program = compile();
  const folder = mkdtempSync(join(tmpdir(), "firn-fault-"));
  try {
    const file = join(folder, "count");
    const env = environment ?? process.env;
    const { status, stdout, stderr } = spawnSync(program, [file, ...mode, ...command], {
      env,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    return { status, output: stdout + stderr, count: Number(readFileSync(file, "utf8")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Compiles it once for each text of it. @throws Error when the compiler does not succeed */
function compile(): string {
  const source = join(import.meta.dirname, "fault.c");
  const hash = createHash("sha256").update(readFileSync(source)).digest("hex").slice(0, 16);
  const program = join(tmpdir(), `firn-fault-${hash}`);
  if (existsSync(program)) return program;
  const part = `${program}.${process.pid}-${Math.trunc(performance.now())}`;
  const { status, stderr } = spawnSync("cc", ["-O1", "-Wall", "-Wextra", "-o", part, source], { encoding: "utf8" });
  if (status !== 0) throw new Error(`cannot compile ${source}: ${stderr}`);
  renameSync(part, program);
  return program;
}
