import { type JournalFiles, lockMachine, type LockedMachine, type SwitchOutcome } from "@firn/activation";
import type { Diagnostic } from "@firn/diagnostic";
import type { Plan } from "@firn/plan";
import { renderRecord } from "@firn/profile";
import { compileSwitch, stepLine } from "@firn/switch-script";
import { exitStatus } from "../command.ts";
import type { Terminal } from "../terminal.ts";
import type { Machine } from "./open-machine.ts";
import type { PlannedSwitch } from "./plan-machine.ts";

/** What is remembered of a generation beside its number. */
export interface GenerationFacts {
  readonly host: string;
  /** ISO 8601. */
  readonly time: string;
  readonly commit?: string;
}

/** Takes the lock of a machine, takes back what an interrupted switch left, does the work, and gives the lock back. */
export async function withLock<T>(
  machine: Machine,
  { terminal, what }: { terminal: Terminal; what: string },
  work: (locked: LockedMachine) => Promise<T>,
): Promise<T | undefined> {
  const locked = await lockMachine(machine.scope, { holder: what, report: (line) => showLine(line, terminal) });
  try {
    const recovery = await locked.recover();
    if (recovery?.kind === "broken") {
      terminal.report("The machine is in neither state: an interrupted switch could not be taken back, see above");
      return undefined;
    }
    if (recovery?.kind === "reverted") terminal.report("An earlier switch was interrupted; it was taken back first");
    return await work(locked);
  } finally {
    await locked.release();
  }
}

/** Carries a plan out. */
export function runSwitch(
  locked: LockedMachine,
  { machine, planned, facts }: { machine: Machine; planned: PlannedSwitch; facts: GenerationFacts },
): Promise<SwitchOutcome> {
  return locked.run(journalOf(machine, planned, facts));
}

/** Compiles what a switch finds in its journal. */
export function journalOf(
  { profile }: Machine,
  { current, details, packageTarget, plan }: PlannedSwitch,
  facts: GenerationFacts,
): JournalFiles {
  const installed = profile.nextInstalled();
  const before = {
    ...(current && { installedBefore: current.installed }),
    ...(packageTarget && { packageTarget }),
  };
  if (plan.to === undefined) return { scripts: compileSwitch(plan, details, { installed, ...before }) };
  const generation = plan.to.name;
  const { isNew, number } = profile.numberOf(generation);
  return {
    scripts: compileSwitch(plan, details, { installed, number, isNewNumber: isNew, ...before }),
    installed: { generation, number, record: renderRecord(details.record) },
    ...(isNew && { number: `${JSON.stringify({ number, generation, ...facts })}\n` }),
  };
}

function showLine(line: string, terminal: Terminal): void {
  const step = stepLine.exec(line);
  if (step === null) return terminal.report(line);
  const [, number, count, what = ""] = step;
  const text = `[${number}/${count}] ${what}`;
  if (terminal.showProgress === undefined) terminal.report(text);
  else terminal.showProgress(text);
}

const statuses: { readonly [O in SwitchOutcome]: number } = {
  done: exitStatus.done,
  refused: exitStatus.problem,
  reverted: exitStatus.reverted,
  broken: exitStatus.broken,
};

/** Says how a switch ended. */
export function reportOutcome(outcome: SwitchOutcome, plan: Plan, terminal: Terminal): number {
  terminal.showProgress?.("");
  const problem = problems[outcome];
  if (problem !== undefined) terminal.report(`${problem} (${plan.host})`);
  return statuses[outcome];
}

const problems: { readonly [O in SwitchOutcome]: Diagnostic["message"] | undefined } = {
  done: undefined,
  refused: "Nothing was changed",
  reverted: "The switch failed, and the machine is what it was before",
  broken: "The switch failed, and could not be taken back whole: the machine is in neither state",
};
