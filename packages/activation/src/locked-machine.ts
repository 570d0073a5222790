import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Scope } from "@firn/plan";
import { findInterrupted, stateFolder } from "./interrupted.ts";
import { type JournalFiles, makeState, writeJournal } from "./journal.ts";
import { LockHolder } from "./lock-holder.ts";

/** What became of a switch: "refused" before anything changed, "reverted" to what it was, "broken" is neither. */
export type SwitchOutcome = "done" | "refused" | "reverted" | "broken";

/** What became of what an interrupted switch left. */
export interface Recovery {
  /** "reverted": the machine is what it was before; "finished": the switch had been proved; "broken": neither. */
  readonly kind: "reverted" | "finished" | "broken";
}

/** Who takes the lock, and where output goes. */
export interface LockOptions {
  /** In words, for whoever finds the lock taken: "firn switch web". */
  readonly holder: string;
  /** Takes each line that a script prints. */
  report(line: string): void;
}

/** A machine that nobody else switches meanwhile. */
export interface LockedMachine {
  /** Takes back, or ends, what an interrupted switch left; undefined when there is nothing. */
  recover(): Promise<Recovery | undefined>;
  /** Runs a switch. */
  run(files: JournalFiles): Promise<SwitchOutcome>;
  release(): Promise<void>;
}

/**
 * Takes the lock of a machine.
 *
 * @throws DiagnosticError "switch-locked" when another switch is under way, "switch-failed" when there can be none
 */
export async function lockMachine(scope: Scope, { holder, report }: LockOptions): Promise<LockedMachine> {
  const state = stateFolder(scope);
  const file = join(state, "lock");
  try {
    makeState(state);
  } catch (cause) {
    throw failure(`Cannot make the folder "${state}"`, cause);
  }
  const attempt = await LockHolder.take(file);
  if ("problem" in attempt) throw new DiagnosticError([describeProblem(attempt.problem, file)]);
  const lock = attempt.holder;
  try {
    writeFileSync(file, `process ${process.pid}: ${holder}\n`);
  } catch (cause) {
    await lock.release();
    throw failure(`Cannot write the lock "${file}"`, cause);
  }
  const runScript = (name: string): Promise<number> => lock.run(join(state, name), report);
  return {
    recover: () => recover(scope, runScript),
    run: async (files) => {
      try {
        writeJournal(state, files);
      } catch (cause) {
        rmSync(join(state, "journal.new"), { recursive: true, force: true });
        throw failure("Cannot write what the switch needs", cause);
      }
      const outcome = outcomes[await holdSignals(() => runScript("journal.new/apply.sh"))] ?? settle(state);
      rmSync(join(state, "journal.new"), { recursive: true, force: true });
      return outcome;
    },
    release: async () => {
      try {
        if (existsSync(file)) truncateSync(file);
      } catch {
        // What it says matters to nobody once it is free.
      }
      await lock.release();
    },
  };
}

const outcomes: { readonly [status: number]: SwitchOutcome } = { 0: "done", 1: "refused", 3: "reverted" };

/** A script that ended in no way of its own had changed nothing, or left its journal. */
function settle(state: string): SwitchOutcome {
  if (existsSync(join(state, "journal"))) return "broken";
  return existsSync(join(state, "committed")) ? "done" : "refused";
}

async function recover(scope: Scope, runScript: (name: string) => Promise<number>): Promise<Recovery | undefined> {
  const state = stateFolder(scope);
  for (const name of ["journal.new", "ended"]) rmSync(join(state, name), { recursive: true, force: true });
  const found = findInterrupted(scope);
  if (found === undefined) return undefined;
  if (found === "proved") return { kind: (await runScript("committed/clean.sh")) === 0 ? "finished" : "broken" };
  return { kind: (await holdSignals(() => runScript("journal/revert.sh"))) === 3 ? "reverted" : "broken" };
}

/** The script gets the signals of the terminal too, and goes back; this process waits for it. */
async function holdSignals<T>(work: () => Promise<T>): Promise<T> {
  const ignore = (): void => {};
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ignore);
  try {
    return await work();
  } finally {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.off(signal, ignore);
  }
}

function describeProblem(problem: "taken" | "unwritable" | "no-flock", file: string): Diagnostic {
  if (problem === "taken") {
    const holder = readFileSync(file, "utf8").trim();
    return {
      code: "switch-locked",
      severity: "error",
      message: "Cannot switch while another switch is under way",
      marks: [],
      why: [holder === "" ? `The lock "${file}" is taken` : `The lock "${file}" is held by ${holder}`],
      fix: "Wait until it has ended, and try again",
    };
  }
  const message =
    problem === "unwritable" ? `Cannot write the lock "${file}"` : 'Cannot lock: the program "flock" does not work';
  const fix =
    problem === "unwritable"
      ? "Look at its owner and kind; run it as root, or with --root for a folder of your own"
      : "Install util-linux";
  return { code: "switch-failed", severity: "error", message, marks: [], fix };
}

function failure(message: string, cause: unknown): DiagnosticError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DiagnosticError([
    {
      code: "switch-failed",
      severity: "error",
      message,
      marks: [],
      why: [reason, "Nothing was changed"],
      fix: "Make room, or give Firn the permission, and try again",
      cause,
    },
  ]);
}
