import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { DiagnosticError } from "@firn/diagnostic";
import { sandboxRunner } from "./sandbox-runner.ts";

/** A script, and all that it sees. */
export interface ScriptToRun {
  /** Tree whose usr is mounted on /usr. */
  readonly tree: string;
  /** Empty folder in which the sandbox is put together; it stays empty. */
  readonly root: string;
  /** Folders that it may change, which it sees at these paths. */
  readonly build: string;
  readonly out: string;
  readonly tmp: string;
  /** File of its text. */
  readonly script: string;
  /** File that gets all that it prints. */
  readonly log: string;
  /** All of its variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it. @default nothing does */
  readonly signal?: AbortSignal | undefined;
}

/** That of the machine. */
const perl = "/usr/bin/perl";

/** User and group inside: below those that nobody is given, so that no machine has them. */
export const buildUser = 65_530;

/** Whether this process is root and can become any user: files of builds then belong to a user of their own. */
export function hasOwnUser(): boolean {
  return (
    process.geteuid?.() === 0 &&
    ["uid_map", "gid_map"].every((file) => isMapped(readFileSync(`/proc/self/${file}`, "utf8")))
  );
}

/** In a container only some users can be there. */
function isMapped(map: string): boolean {
  return map.split("\n").some((line) => {
    const [first = 0, , count = 0] = line.trim().split(/\s+/).map(Number);
    return first <= buildUser && buildUser < first + count;
  });
}

/**
 * Runs a script where nothing of the machine is, no network either.
 *
 * @returns its exit status; 128 and the number of the signal when one ended it
 * @throws DiagnosticError "no-namespace" when there can be no such place; the reason of the signal when that ends it
 */
export async function runInSandbox(run: ScriptToRun): Promise<number> {
  const { build, environment, out, root, script, signal: stop, tmp, tree } = run;
  const report = 3;
  const args = [
    `${report}`,
    `${process.pid}`,
    hasOwnUser() ? "1" : "",
    `${buildUser}`,
    tree,
    root,
    build,
    out,
    tmp,
    script,
  ];
  const log = openSync(run.log, "w");
  try {
    const child = spawn(perl, ["-e", sandboxRunner, "--", ...args], {
      cwd: "/",
      env: { ...environment, PERL_BADLANG: "0" },
      stdio: ["ignore", log, log, "pipe"],
      killSignal: "SIGKILL",
      ...(stop && { signal: stop }),
    });
    const told: Buffer[] = [];
    // What is piped can be read.
    (child.stdio[report] as NodeJS.ReadableStream | null)?.on("data", (piece: Buffer) => told.push(piece));
    const [status, signal] = await new Promise<readonly [number | null, NodeJS.Signals | null]>((resolve, reject) => {
      child.once("error", (error) => error.name !== "AbortError" && reject(explainStart(error)));
      child.once("close", (...ending) => resolve(ending));
    });
    stop?.throwIfAborted();
    if (told.length > 0) throw explainFailure(Buffer.concat(told).toString());
    return signal === null ? (status ?? 0) : 128 + constants.signals[signal];
  } finally {
    closeSync(log);
  }
}

/** @param told three lines of the runner: what, the system's reason, what to do */
function explainFailure(told: string): DiagnosticError {
  const [what = "", reason = "", fix = ""] = told.split("\n");
  return failure(`Cannot run a script in a sandbox: ${what}`, { why: [`The system says: ${reason}`], fix });
}

function explainStart(error: NodeJS.ErrnoException): unknown {
  if (error.code !== "ENOENT") return error;
  const reasons = { why: [`There is no program "${perl}"`], fix: "Install it: sudo apt-get install perl-base" };
  return failure("Cannot run a script in a sandbox", { ...reasons, cause: error });
}

function failure(
  message: string,
  reasons: { readonly why: readonly string[]; readonly fix: string; readonly cause?: unknown },
): DiagnosticError {
  return new DiagnosticError([{ code: "no-namespace", severity: "error", marks: [], message, ...reasons }]);
}
