import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { findGroups, removeGroup } from "./control-group.ts";
import { withFileLock } from "./file-lock.ts";
import { bridgeName, makeBridge, removeNetworks, slotCount } from "./network.ts";
import { testHostProblem } from "./test-host-problem.ts";
import { makeWorkFolder, workFolder } from "./work-folder.ts";

/** What one runner has for its hosts: a number from which all names are made, a bridge, a folder. */
export interface Slot {
  readonly number: number;
  readonly folder: string;
}

/** Takes a slot for this runner, after it has removed what runners that are dead left behind. */
export async function takeSlot(): Promise<Slot> {
  const claims = makeWorkFolder("runners");
  await sweepDeadRunners();
  const owner = `${process.pid}-${readStartTime(process.pid)}-${randomBytes(4).toString("hex")}`;
  for (let number = 0; number < slotCount; number += 1) {
    if (!claim(join(claims, `${number}`), owner)) continue;
    const folder = diskFolder(number);
    mkdirSync(folder, { recursive: true });
    await makeBridge(number);
    return { number, folder };
  }
  throw testHostProblem("Cannot start a test host", { why: [`${slotCount} other runners have test hosts`] });
}

/** Gives a slot back, with all that was made for it. */
export async function releaseSlot(number: number): Promise<void> {
  await clear(number);
  rmSync(join(workFolder, "runners", `${number}`), { force: true });
}

/** Removes processes, networks, control groups and disks of runners that are dead, and returns how many those were. */
export async function sweepDeadRunners(): Promise<number> {
  const claims = makeWorkFolder("runners");
  if (findDead(claims).length === 0) return 0;
  // Two that sweep at once could take away what a third has just made in place of the swept.
  return withFileLock(join(workFolder, "sweep.lock"), async () => {
    const dead = findDead(claims);
    for (const number of dead) await releaseSlot(number);
    return dead.length;
  });
}

function findDead(claims: string): number[] {
  return readdirSync(claims)
    .filter((name) => !isAlive(readOwner(join(claims, name))))
    .map(Number);
}

async function clear(number: number): Promise<void> {
  for (const name of findGroups(`${bridgeName(number)}-`)) await removeGroup(name);
  await removeNetworks(number);
  rmSync(diskFolder(number), { recursive: true, force: true });
}

function diskFolder(number: number): string {
  return join(workFolder, "disks", `${number}`);
}

/** Makes a link whose text is the owner: it comes into being whole, and never twice. */
function claim(path: string, owner: string): boolean {
  try {
    symlinkSync(owner, path);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

function readOwner(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    // It was given back just now.
    return undefined;
  }
}

/** Tells whether the process that an owner names is there, and no other one that has its number now. */
function isAlive(owner: string | undefined): boolean {
  if (owner === undefined) return true;
  const [pid, started] = owner.split("-");
  return started === readStartTime(Number(pid));
}

/** Reads when a process was started, in ticks since the machine was. */
function readStartTime(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, can hold anything; field 22 is the 20th after it.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
