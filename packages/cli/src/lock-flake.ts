import { comparePins, type Lockfile, type PackageLock } from "@firn/lock";
import { applyLock, findHolesOf, layOut } from "./apply-lock.ts";
import { exitStatus } from "./command.ts";
import { counted } from "./counted.ts";
import { computeLock, type FlakeInputs, openInputs } from "./flake-inputs.ts";
import { hasPackages } from "./has-packages.ts";
import { changeData, renderChange } from "./lock-change.ts";
import { lockFlakePackages } from "./lock-packages.ts";
import { type KnownPackages, packagesData, type ShownPackages } from "./package-changes.ts";
import { painter, type Terminal } from "./terminal.ts";

/**
 * Locks the flake that a command is called in, and prints what changed.
 *
 * @returns the exit status: the inputs may be locked, and packages not
 */
export async function lockFlake(
  terminal: Terminal,
  { isFrozen, json }: { isFrozen: boolean; json: boolean },
): Promise<number> {
  const inputs = openInputs(terminal);
  const first = await computeLock(inputs, { isFrozen });
  const filled = isFrozen ? first : await fillHoles(inputs, first);
  // What is only checked is not written, not even in another order.
  await (isFrozen ? layOut(inputs, filled) : applyLock(inputs, filled));
  const { isWhole, lock } = await lockFlakePackages(inputs, filled, { isFrozen });
  if (!isFrozen && lock !== filled) await applyLock(inputs, lock);
  if (!isFrozen && isWhole) await writeNames(inputs, lock);
  const changes = comparePins(inputs.lockFile.lock, lock).map((change) => ({ change }));
  const shown = await showPackages(inputs, lock);
  if (json) {
    const data = shown && { packages: packagesData(shown) };
    terminal.print(JSON.stringify({ changes: changes.map(changeData), ...data }));
  } else {
    const paint = painter(terminal.color);
    const { renderLocked } = await import("./render-package-changes.ts");
    const lines = [...changes.map((one) => renderChange(one, paint)), ...(shown ? renderLocked(shown, paint) : [])];
    if (lines.length > 0) terminal.print(lines.join("\n"));
    else if (isWhole) terminal.print(nothingToLock(lock));
  }
  return isWhole ? exitStatus.done : exitStatus.problem;
}

/** Writes the names of packages for the compiler, where there are any. */
export async function writeNames({ flake, flakeFile, terminal }: FlakeInputs, lock: PackageLock): Promise<void> {
  const { sources } = flakeFile.manifest;
  if (Object.keys(sources).length === 0) return;
  const { writePackageTypes } = await import("./package-types.ts");
  await writePackageTypes({ flake, lock, sources }, terminal);
}

/** Describes how the packages of a new lock differ from those of the lock as it was; undefined where there are none. */
export async function showPackages(
  { flakeFile: { manifest }, lockFile, terminal }: FlakeInputs,
  lock: PackageLock,
): Promise<ShownPackages | undefined> {
  if (!hasPackages(manifest, lock) && !hasPackages(manifest, lockFile.lock)) return undefined;
  const { describeChanges } = await import("./package-changes.ts");
  const openManagers = async (): Promise<KnownPackages["managers"]> =>
    (await import("./package-managers.ts")).openPackageManagers(terminal);
  return describeChanges(lockFile.lock, lock, { sources: manifest.sources, openManagers });
}

/** Says that the lock has all that is asked for. */
export function nothingToLock({ closures, inputs, sources }: Pick<Lockfile, "inputs"> & PackageLock): string {
  const packages = Object.values(closures).reduce((sum, closure) => sum + closure.packages.length, 0);
  const count = Object.keys(inputs).length + Object.keys(sources).length;
  return `Nothing to lock: ${counted(count, "input")}${packages > 0 ? `, ${counted(packages, "package")}` : ""}`;
}

/** Locks anew what flakes of inputs ask for otherwise than the lock has it. */
async function fillHoles(inputs: FlakeInputs, lock: Lockfile): Promise<Lockfile> {
  const holes = await findHolesOf(inputs, lock);
  if (holes.length === 0) return lock;
  const { unsettled } = inputs.lockFile;
  const lockFile = { ...inputs.lockFile, lock, unsettled: [...unsettled, ...holes] };
  return computeLock({ ...inputs, lockFile }, {});
}
