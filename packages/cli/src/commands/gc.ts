import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { collectMachine } from "../machine/collect-machine.ts";
import { openMachine } from "../machine/open-machine.ts";
import { withLock } from "../machine/run-switch.ts";
import { renderSize } from "../render-size.ts";

/** Removes generations and contents that nothing needs. */
export async function run({ flags, terminal }: CommandCall): Promise<number> {
  const machine = openMachine(flags, terminal);
  const collected = await withLock(machine, { terminal, what: "firn gc" }, async () => collectMachine(machine, flags));
  if (collected === undefined) return exitStatus.broken;
  const { bytes, generations, numbers, objects, trees } = collected;
  if (flags.json) terminal.print(JSON.stringify(collected));
  else if (numbers.length + generations.length + objects + trees === 0) terminal.print("Nothing to remove");
  else {
    if (numbers.length > 0) terminal.print(`Forgot ${counted(numbers.length, "generation")}: ${numbers.join(", ")}`);
    terminal.print(
      `Removed ${counted(generations.length, "generation")} and ${counted(objects, "content")} from the store: ${renderSize(bytes)}`,
    );
    if (trees > 0) terminal.print(`Removed ${counted(trees, "tree")} of packages`);
  }
  return exitStatus.done;
}
