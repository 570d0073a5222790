import { findCheckedInputs } from "../checked-inputs.ts";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { openFlake } from "../open-flake.ts";

/** Pins what is not pinned yet. */
export async function run({ flags, terminal }: CommandCall): Promise<number> {
  const checked = findCheckedInputs(openFlake(terminal));
  // What hosts ask for beside that follows from their code.
  if (checked !== undefined && !checked.hasPackages) {
    const count = Object.keys(checked.lock.inputs).length;
    terminal.print(flags.json ? '{"changes":[]}' : `Nothing to lock: ${counted(count, "input")}`);
    return exitStatus.done;
  }
  const { lockFlake } = await import("../lock-flake.ts");
  const isFrozen = flags.frozen ?? isContinuousIntegration(terminal.environment["CI"]);
  return lockFlake(terminal, { isFrozen, json: flags.json });
}

function isContinuousIntegration(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}
