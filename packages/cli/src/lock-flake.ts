import { comparePins, type Lockfile } from "@firn/lock";
import { applyLock, findHolesOf, layOut } from "./apply-lock.ts";
import { counted } from "./counted.ts";
import { computeLock, type FlakeInputs, openInputs } from "./flake-inputs.ts";
import { changeData, renderChange } from "./lock-change.ts";
import { painter, type Terminal } from "./terminal.ts";

/** Locks the flake that a command is called in, and prints what changed. */
export async function lockFlake(
  terminal: Terminal,
  { isFrozen, json }: { isFrozen: boolean; json: boolean },
): Promise<void> {
  const inputs = openInputs(terminal);
  const first = await computeLock(inputs, { isFrozen });
  const lock = isFrozen ? first : await fillHoles(inputs, first);
  // What is only checked is not written, not even in another order.
  await (isFrozen ? layOut(inputs, lock) : applyLock(inputs, lock));
  const changes = comparePins(inputs.lockFile.lock, lock).map((change) => ({ change }));
  if (json) terminal.print(JSON.stringify({ changes: changes.map(changeData) }));
  else if (changes.length > 0)
    terminal.print(changes.map((one) => renderChange(one, painter(terminal.color))).join("\n"));
  else terminal.print(`Nothing to lock: ${counted(Object.keys(lock.inputs).length, "input")}`);
}

/** Locks anew what flakes of inputs ask for otherwise than the lock has it. */
async function fillHoles(inputs: FlakeInputs, lock: Lockfile): Promise<Lockfile> {
  const holes = await findHolesOf(inputs, lock);
  if (holes.length === 0) return lock;
  const { unsettled } = inputs.lockFile;
  const lockFile = { ...inputs.lockFile, lock, unsettled: [...unsettled, ...holes] };
  return computeLock({ ...inputs, lockFile }, {});
}
