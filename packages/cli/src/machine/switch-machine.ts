import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import { isEmptyPlan, type Plan } from "@firn/plan";
import { exitStatus } from "../command.ts";
import { hasErrors, reportProblems } from "../report-problems.ts";
import type { Terminal } from "../terminal.ts";
import type { Machine } from "./open-machine.ts";
import { findPlaces, type Origins, parseOrigins } from "./origins.ts";
import { type PlannedSwitch, planMachine, type Target } from "./plan-machine.ts";
import { type GenerationFacts, reportOutcome, runSwitch, withLock } from "./run-switch.ts";
import { showPlan } from "./show-plan.ts";

/** What is switched, and how. */
export interface SwitchRequest {
  readonly machine: Machine;
  /** Missing: back to what the machine was without Firn. */
  readonly target: Target | undefined;
  readonly facts: GenerationFacts;
  readonly takeOver: boolean;
  readonly isWhole: boolean;
  /** Looks at the plan before it is carried out; throws to refuse it. */
  readonly inspect?: (planned: PlannedSwitch) => PlannedSwitch;
  /** The command, for whoever finds the lock taken. */
  readonly what: string;
}

/** Switches a machine: plans, shows the plan, and carries it out unless there is nothing to do. */
export async function switchMachine(request: SwitchRequest, terminal: Terminal): Promise<number> {
  const { facts, inspect = (planned) => planned, isWhole, machine, takeOver, target, what } = request;
  const status = await withLock(machine, { terminal, what }, async (locked) => {
    const planned = inspect(await planMachine(machine, target, { takeOver }));
    if (!(await isFit(planned, { machine, terminal }))) return exitStatus.problem;
    if (isEmptyPlan(planned.plan) && isSameGeneration(planned)) {
      terminal.print("Nothing to do");
      return exitStatus.done;
    }
    showPlan(planned, { machine, terminal, isWhole });
    const outcome = await runSwitch(locked, { machine, planned, facts });
    return reportOutcome(outcome, planned.plan, terminal);
  });
  return status ?? exitStatus.broken;
}

function isSameGeneration({ current, plan }: PlannedSwitch): boolean {
  return current?.generation === plan.to?.name;
}

/** Tells whether a plan can be carried out; reports why not. */
export async function isFit(
  { diagnostics, plan }: PlannedSwitch,
  { machine, terminal }: { machine: Machine; terminal: Terminal },
): Promise<boolean> {
  const origins = plan.to && parseOrigins(machine.store.readOrigins(plan.to.name));
  const problems = [...diagnostics.map((each) => withPlace(each, origins)), ...inTheWay(plan)];
  await reportProblems(problems, async () => ({ color: terminal.color }), terminal);
  return !hasErrors(problems);
}

/** Says where the option is defined that a problem of the machine is about. */
function withPlace(problem: Diagnostic, origins: Origins | undefined): Diagnostic {
  const [place] = findPlaces(origins, problem.optionPath ?? []);
  return place === undefined ? problem : { ...problem, why: [...(problem.why ?? []), `It is defined at ${place}`] };
}

function inTheWay({ collisions }: Plan): Diagnostic[] {
  const open = collisions.filter(({ isTakenOver }) => !isTakenOver);
  if (open.length === 0) return [];
  return [
    {
      code: "path-in-the-way",
      severity: "error",
      message: `Cannot switch: there is something else at ${open.length === 1 ? "a path" : `${open.length} paths`} that Firn is to manage`,
      marks: [],
      why: open.map(({ path, state, wanted }) => `"${path}" is ${words[state.kind]}, and ${wanted} is to be there`),
      fix: "Move it away, or run it with --take-over: what is there is kept, and put back when Firn no longer manages the path",
    },
  ];
}

const words = {
  absent: "not there",
  symlink: "a link",
  file: "a file",
  directory: "a directory",
  other: "something that is no file",
} as const;

/** Refuses a plan that is no longer the one that was saved. */
export function refuseChanged(differences: readonly string[]): void {
  if (differences.length === 0) return;
  throw new DiagnosticError([
    {
      code: "host-changed",
      severity: "error",
      message: "Cannot carry out the saved plan: the machine is no longer what it was made for",
      marks: [],
      why: differences.slice(0, 20),
      fix: "Make a new plan with firn plan --out FILE, and look at it",
    },
  ]);
}
