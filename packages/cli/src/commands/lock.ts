import { comparePins } from "@firn/lock";
import { applyLock } from "../apply-lock.ts";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { computeLock, openInputs } from "../flake-inputs.ts";
import { changeData, renderChange } from "../lock-change.ts";
import { painter } from "../terminal.ts";

/** Pins what is not pinned yet. */
export async function run({ flags, terminal }: CommandCall): Promise<number> {
  const inputs = openInputs(terminal);
  const isFrozen = flags.frozen ?? isContinuousIntegration(terminal.environment["CI"]);
  const lock = await computeLock(inputs, { isFrozen });
  await applyLock(inputs, lock);
  const changes = comparePins(inputs.lockFile.lock, lock).map((change) => ({ change }));
  if (flags.json) terminal.print(JSON.stringify({ changes: changes.map(changeData) }));
  else if (changes.length > 0)
    terminal.print(changes.map((one) => renderChange(one, painter(terminal.color))).join("\n"));
  else terminal.print(`Nothing to lock: ${counted(Object.keys(lock.inputs).length, "input")}`);
  return exitStatus.done;
}

function isContinuousIntegration(value: string | undefined): boolean {
  return value !== undefined && value !== "" && value !== "false" && value !== "0";
}
