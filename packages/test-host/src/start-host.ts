import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Base, openBase } from "./base.ts";
import { type Bind, bootMachine, type BootPlan } from "./boot.ts";
import { makeDisk, writeIdentity } from "./host-disk.ts";
import { addressOf, bridgeName, connect, disconnect } from "./network.ts";
import { releaseSlot, type Slot, takeSlot } from "./slot.ts";
import { makeSshKeys } from "./ssh-access.ts";
import { TestHost } from "./test-host.ts";
import { testHostProblem } from "./test-host-problem.ts";

/** What a host is made of. */
export interface HostOptions {
  /** Name of the host: letters, digits and dashes. */
  readonly name: string;
  /**
   * What it has before anything is written.
   *
   * @default the base with the default packages
   */
  readonly base?: Base;
  /** Files and folders of this machine that the host sees, at every boot, and cannot change. */
  readonly bind?: readonly Bind[];
}

/** What the hosts of this thread have in common, from the first to the last of them. */
let shared: { readonly slot: Promise<Slot>; hosts: number; next: number } | undefined;

/**
 * Boots a Debian machine from a base, and returns when systemd has started all
 * that it starts. All hosts of a runner reach one another, and nobody else but
 * the runner.
 *
 * @throws DiagnosticError "test-host-failed" when it does not boot
 */
export async function startHost({ name, base, bind = [] }: HostOptions): Promise<TestHost> {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(name)) {
    throw testHostProblem(`Cannot start a test host "${name}"`, {
      why: ["The name of a host has letters, digits and dashes"],
    });
  }
  const { folder: root } = base ?? (await openBase());
  const { slot, number } = await joinHosts();
  const id = `${bridgeName(slot.number)}-${number}`;
  const folder = join(slot.folder, `${number}`);
  const release = async (): Promise<void> => {
    await disconnect(id);
    rmSync(folder, { recursive: true, force: true });
    await leaveHosts();
  };
  try {
    mkdirSync(folder);
    const address = addressOf(slot.number, number);
    const keys = await makeSshKeys(folder, address);
    const disk = makeDisk(folder);
    writeIdentity(disk, { name, address, ...keys });
    const plan: BootPlan = { id, name, base: root, disk, bind };
    const boot = async (): ReturnType<typeof bootMachine> => {
      await connect(slot.number, number);
      return bootMachine(plan);
    };
    return await TestHost.start({ plan, ssh: keys.access, boot, release });
  } catch (error) {
    await release();
    throw error;
  }
}

async function joinHosts(): Promise<{ readonly slot: Slot; readonly number: number }> {
  shared ??= { slot: takeSlot(), hosts: 0, next: 2 };
  const mine = shared;
  mine.hosts += 1;
  const number = mine.next;
  mine.next += 1;
  try {
    const slot = await mine.slot;
    if (number > 254) throw testHostProblem("Cannot start a test host", { why: ["253 were started and some are on"] });
    return { slot, number };
  } catch (error) {
    await leaveHosts();
    throw error;
  }
}

/** Gives the slot back with the last host, so that nothing is left when all have been stopped. */
async function leaveHosts(): Promise<void> {
  if (shared === undefined) return;
  shared.hosts -= 1;
  if (shared.hosts > 0) return;
  const { slot } = shared;
  shared = undefined;
  const taken = await slot.catch(() => undefined);
  if (taken !== undefined) await releaseSlot(taken.number);
}
