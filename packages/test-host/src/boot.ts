import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { findFirstProcess, groupFolders, makeGroup, removeGroup } from "./control-group.ts";
import type { HostDisk } from "./host-disk.ts";
import { testHostProblem } from "./test-host-problem.ts";

/** What a machine is booted from. */
export interface BootPlan {
  /** Name of its control group and of its network. */
  readonly id: string;
  /** Name that it has for itself. */
  readonly name: string;
  readonly base: string;
  readonly disk: HostDisk;
  /** Folders and files of this machine that it can read. */
  readonly bind: readonly Bind[];
}

/** A file or folder of this machine that a host sees and cannot change. */
export interface Bind {
  /** Absolute path on this machine. */
  readonly from: string;
  /** Absolute path on the host. */
  readonly to: string;
}

/** A machine that is on. */
export interface Machine {
  /** Its first process, as this machine numbers it. */
  readonly leader: number;
  /** Has it shut itself down, and waits until it is off. */
  powerOff(): Promise<void>;
  /** Takes the power from it: every process is killed at once. */
  cutPower(): Promise<void>;
}

/** Milliseconds until the first process has to be there, and until a machine has to have shut itself down. */
const patience = { start: 60_000, end: 30_000 };

/** Starts a machine, and returns when its first process runs. */
export async function bootMachine(plan: BootPlan): Promise<Machine> {
  // What the scratch holds is of an earlier boot, and marks the layer as not to be mounted again.
  rmSync(plan.disk.scratch, { recursive: true, force: true });
  mkdirSync(plan.disk.scratch);
  makeGroup(plan.id);
  const { child, said } = startContainer(plan);
  const ended = new Promise<void>((resolve) => void child.once("exit", () => resolve()));
  const cutPower = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
    await removeGroup(plan.id);
  };
  try {
    const leader = await findLeader(plan, child);
    const powerOff = async (): Promise<void> => {
      process.kill(leader, powerOffSignal);
      const timer = setTimeout(() => child.kill("SIGKILL"), patience.end);
      await ended;
      clearTimeout(timer);
      await removeGroup(plan.id);
    };
    return { leader, powerOff, cutPower };
  } catch (error) {
    await cutPower();
    throw testHostProblem(`Cannot boot the test host "${plan.name}"`, { why: [String(error), said().trimEnd()] });
  }
}

/** SIGRTMIN+4, by which systemd is told to shut down. */
const powerOffSignal = 38;

async function findLeader({ id }: BootPlan, child: ChildProcess): Promise<number> {
  const end = Date.now() + patience.start;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`systemd-nspawn ended with ${child.exitCode}`);
    const leader = findFirstProcess(`${id}/payload/init.scope`);
    if (leader !== undefined) return leader;
    if (Date.now() > end) throw new Error(`systemd did not start within ${patience.start / 1000} s`);
    await sleep(5);
  }
}

function startContainer(plan: BootPlan): { readonly child: ChildProcess; said(): string } {
  const [program = "", ...args] = [...dyingWithUs, "sh", "-ec", renderScript(plan), "sh", ...nspawnCommand(plan)];
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      // Control groups of version 2, wherever this machine still has others, too.
      SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: "1",
      // /tmp is on the disk, as Debian has it.
      SYSTEMD_NSPAWN_TMPFS_TMP: "0",
      // The host has a network of its own, and may set how the kernel treats that.
      SYSTEMD_NSPAWN_API_VFS_WRITABLE: "network",
    },
  });
  let text = "";
  const hear = (piece: Buffer): void => {
    text = `${text}${piece.toString()}`.slice(-4000);
  };
  child.stdout.on("data", hear);
  child.stderr.on("data", hear);
  return { child, said: () => text };
}

/**
 * Ties everything to the life of this process: killing systemd-nspawn alone
 * would leave the machine running, so that it stands in a name space of
 * processes that ends with the program that made it.
 */
const dyingWithUs = [
  "setpriv",
  "--pdeathsig",
  "KILL",
  "unshare",
  "--mount",
  "--propagation",
  "private",
  "--pid",
  "--fork",
  "--kill-child=KILL",
];

function renderScript({ id, base, disk }: BootPlan): string {
  // "volatile" leaves out syncs: what a killed machine wrote is in this one's memory at least.
  // "redirect_dir" lets folders of the base be renamed, as they can be on a disk.
  const layers = `lowerdir=${base},upperdir=${disk.written},workdir=${disk.scratch}`;
  return [
    // 0 is the process that writes.
    ...groupFolders(id).map((folder) => `echo 0 > ${folder}/cgroup.procs`),
    "mount -t proc proc /proc",
    // Where no systemd runs, this folder is on the disk, which systemd-nspawn would try to pass on.
    "mkdir -p /run/systemd",
    "mount -t tmpfs tmpfs /run/systemd",
    `mount -t overlay overlay -o volatile,redirect_dir=on,${layers} ${disk.root}`,
    'exec "$@"',
  ].join("\n");
}

function nspawnCommand({ id, name, disk, bind }: BootPlan): string[] {
  return [
    "systemd-nspawn",
    "--quiet",
    "--boot",
    `--directory=${disk.root}`,
    `--machine=${name}`,
    // Nobody is asked to look after it: there may be no systemd here.
    "--register=no",
    "--keep-unit",
    `--network-namespace-path=/run/netns/${id}`,
    // The firewall of its own network is its own.
    "--capability=CAP_NET_ADMIN",
    // Nothing of it goes to this machine, and nothing of this one to it.
    "--console=pipe",
    "--link-journal=no",
    "--resolv-conf=off",
    "--timezone=off",
    ...bind.map(({ from, to }) => `--bind-ro=${escapePath(from)}:${escapePath(to)}`),
  ];
}

function escapePath(path: string): string {
  return path.replaceAll("\\", "\\\\").replaceAll(":", "\\:");
}
