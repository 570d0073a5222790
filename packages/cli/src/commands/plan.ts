import { type CommandCall, exitStatus } from "../command.ts";
import { buildHost } from "../machine/build-host.ts";
import { openMachine } from "../machine/open-machine.ts";
import { planMachine } from "../machine/plan-machine.ts";
import { reportPlan } from "../machine/report-plan.ts";
import { openFlake } from "../open-flake.ts";

/** Shows what a switch would change, and changes nothing. */
export async function run(call: CommandCall): Promise<number> {
  const { flags, positionals, terminal } = call;
  const [host = terminal.hostName] = positionals;
  const flake = openFlake(terminal);
  const machine = openMachine(flags, terminal);
  const built = await buildHost({ flake, host, store: machine.store }, terminal);
  if (built === undefined) return exitStatus.problem;
  return reportPlan(call, { machine, planned: await planMachine(machine, built, { takeOver: flags.takeOver }) });
}
