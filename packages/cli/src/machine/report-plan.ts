import { isEmptyPlan, renderPlan } from "@firn/plan";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { listCauses } from "./list-causes.ts";
import type { Machine } from "./open-machine.ts";
import type { PlannedSwitch } from "./plan-machine.ts";
import { journalOf } from "./run-switch.ts";
import { showPlan } from "./show-plan.ts";
import { isFit } from "./switch-machine.ts";

/** Prints a plan as the flags say, writes it to a file where they name one, and gives the exit status of `firn plan`. */
export async function reportPlan(
  { flags, terminal }: CommandCall,
  { machine, planned }: { machine: Machine; planned: PlannedSwitch },
): Promise<number> {
  const { current, plan } = planned;
  const facts = { host: plan.host, time: new Date(0).toISOString() };
  if (flags.out !== undefined) writeFileSync(resolve(terminal.directory, flags.out), renderPlan(plan));
  if (flags.json) terminal.print(JSON.stringify({ ...plan, causes: listCauses(plan, machine.store) }));
  else if (flags.script) terminal.print(journalOf(machine, planned, facts).scripts.apply.trimEnd());
  else showPlan(planned, { machine, terminal, isWhole: flags.all });
  if (!(await isFit(planned, { machine, terminal }))) return exitStatus.problem;
  const isSame = isEmptyPlan(plan) && current?.generation === plan.to?.name;
  if (isSame && !flags.json) terminal.print("Nothing to do");
  return isSame ? exitStatus.done : exitStatus.differences;
}
