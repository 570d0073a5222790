import { isEmptyPlan, type Plan } from "@firn/plan";
import { findInterrupted } from "@firn/activation";
import { type CommandCall, exitStatus } from "../command.ts";
import { adoptPaths } from "../machine/adopt-paths.ts";
import { openMachine } from "../machine/open-machine.ts";
import { planMachine, readStoredManifest } from "../machine/plan-machine.ts";
import { pickSteps } from "../machine/pick-steps.ts";
import { showPlan } from "../machine/show-plan.ts";
import { switchMachine } from "../machine/switch-machine.ts";

/** Tells how a machine differs from its current generation; adopts or reverts what is named. */
export async function run(call: CommandCall): Promise<number> {
  const { flags, terminal } = call;
  const machine = openMachine(flags, terminal);
  const interrupted = findInterrupted(machine.scope);
  if (interrupted !== undefined)
    terminal.report("A switch is under way, or was interrupted; the next one takes it back first");
  const current = machine.profile.current();
  if (current === undefined) {
    terminal.print(flags.json ? '{"current":null}' : "Nothing of Firn is installed here");
    return exitStatus.done;
  }
  const { generation, number } = current;
  const manifest = readStoredManifest(machine.store, generation);
  const target = { generation, manifest };
  const facts = machine.profile.list().find((each) => each.number === number) ?? { host: manifest.host, time: "" };
  if (flags.revert.length > 0) {
    const inspect = (planned: Parameters<typeof pickSteps>[0]) => pickSteps(planned, flags.revert);
    const what = "firn status --revert";
    return switchMachine({ machine, target, facts, inspect, what, takeOver: true, isWhole: flags.all }, terminal);
  }
  const planned = await planMachine(machine, target, { takeOver: true });
  if (flags.adopt.length > 0) return adoptPaths(call, { machine, planned, paths: flags.adopt });
  const isClean = isEmptyPlan(planned.plan);
  if (flags.json)
    terminal.print(JSON.stringify({ current: number, generation, differences: differencesOf(planned.plan) }));
  else if (isClean) terminal.print(`${manifest.host}: generation ${number}, and all is as it should be`);
  else {
    terminal.print("To take these back: firn status --revert PATH. To keep one: firn status --adopt PATH");
    showPlan(planned, { machine, terminal, isWhole: flags.all });
  }
  return isClean ? exitStatus.done : exitStatus.differences;
}

function differencesOf({ accounts, files, packages, units }: Plan): object {
  return { files: files.map(({ before, path }) => ({ path, now: before })), accounts, packages, units };
}
