import { isEmptyPlan, renderPlan } from "@firn/plan";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { buildHost } from "../machine/build-host.ts";
import { openMachine } from "../machine/open-machine.ts";
import { planMachine } from "../machine/plan-machine.ts";
import { journalOf } from "../machine/run-switch.ts";
import { listCauses } from "../machine/list-causes.ts";
import { showPlan } from "../machine/show-plan.ts";
import { isFit } from "../machine/switch-machine.ts";
import { openFlake } from "../open-flake.ts";

/** Shows what a switch would change, and changes nothing. */
export async function run({ flags, positionals, terminal }: CommandCall): Promise<number> {
  const [host = terminal.hostName] = positionals;
  const flake = openFlake(terminal);
  const machine = openMachine(flags, terminal);
  const built = await buildHost({ flake, host, store: machine.store }, terminal);
  if (built === undefined) return exitStatus.problem;
  const planned = await planMachine(machine, built, { takeOver: flags.takeOver });
  const { current, plan } = planned;
  const facts = { host, time: new Date(0).toISOString() };
  if (flags.out !== undefined) writeFileSync(resolve(terminal.directory, flags.out), renderPlan(plan));
  if (flags.json) terminal.print(JSON.stringify({ ...plan, causes: listCauses(plan, machine.store) }));
  else if (flags.script) terminal.print(journalOf(machine, planned, facts).scripts.apply.trimEnd());
  else showPlan(planned, { machine, terminal, isWhole: flags.all });
  if (!(await isFit(planned, { machine, terminal }))) return exitStatus.problem;
  const isSame = isEmptyPlan(plan) && current?.generation === plan.to?.name;
  if (isSame && !flags.json) terminal.print("Nothing to do");
  return isSame ? exitStatus.done : exitStatus.differences;
}
