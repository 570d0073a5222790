import { comparePins } from "@firn/lock";
import { applyLock } from "./apply-lock.ts";
import { counted } from "./counted.ts";
import { computeLock, openInputs } from "./flake-inputs.ts";
import { changeData, renderChange } from "./lock-change.ts";
import { painter, type Terminal } from "./terminal.ts";

/** Locks the flake that a command is called in, and prints what changed. */
export async function lockFlake(
  terminal: Terminal,
  { isFrozen, json }: { isFrozen: boolean; json: boolean },
): Promise<void> {
  const inputs = openInputs(terminal);
  const lock = await computeLock(inputs, { isFrozen });
  await applyLock(inputs, lock);
  const changes = comparePins(inputs.lockFile.lock, lock).map((change) => ({ change }));
  if (json) terminal.print(JSON.stringify({ changes: changes.map(changeData) }));
  else if (changes.length > 0)
    terminal.print(changes.map((one) => renderChange(one, painter(terminal.color))).join("\n"));
  else terminal.print(`Nothing to lock: ${counted(Object.keys(lock.inputs).length, "input")}`);
}
