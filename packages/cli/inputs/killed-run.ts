import type { ChildProcess } from "node:child_process";
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ended, Machine } from "./machine.ts";

/** Work that is killed, and then done to its end. */
export interface KilledWork {
  /** Arguments of firn. */
  readonly args: readonly string[];
  /** A machine with the folder "flake" as it is before. */
  readonly template: Machine;
  /** What is in the folder after a run that nobody kills, as {@link listContents} gives it. */
  readonly contents: readonly string[];
  /** How long such a run took the last time that nobody killed it; it becomes longer when more happens at once. */
  milliseconds: number;
}

/** The moment at which a run is killed, with all that it has started. */
export type Moment =
  /** After a part of the time that the whole takes. */
  | { readonly at: "time"; readonly part: number }
  /** Before or after the call of git with this number, from 1. */
  | { readonly at: "git"; readonly call: number; readonly edge: "before" | "after" }
  /** At a system call, the one with this number that a thread makes, perhaps of those for one file of the flake. Needs strace. */
  | { readonly at: "system"; readonly name: string; readonly call: number; readonly file?: string };

/** What came of a run that was killed. */
export interface KilledRun {
  /** Whether it was still running at that moment. */
  readonly wasKilled: boolean;
  /** What is not as it must be, as sentences. */
  readonly problems: readonly string[];
}

/** Does work on a copy of its machine, kills it, and does it again. */
export async function killAndRepeat(work: KilledWork, moment: Moment): Promise<KilledRun> {
  const machine = new Machine();
  try {
    for (const folder of ["flake", "cache"].filter((name) => existsSync(work.template.path(name))))
      cpSync(work.template.path(folder), machine.path(folder), { recursive: true, verbatimSymlinks: true });
    const wasKilled = await runAndKill(machine, work, moment);
    const problems = await findProblems(machine, work);
    return { wasKilled, problems: problems.map((one) => `${JSON.stringify(moment)}: ${one}`) };
  } finally {
    machine.remove();
  }
}

async function runAndKill(machine: Machine, { args, milliseconds }: KilledWork, moment: Moment): Promise<boolean> {
  if (moment.at === "git") countGit(machine, moment);
  const trace = moment.at === "system" ? traceOf(machine, moment) : [];
  const child = machine.startFirn("flake", { args, before: trace });
  if (moment.at === "time") await Promise.race([delay(moment.part * milliseconds), ended(child)]);
  else await ended(child);
  killGroup(child);
  await ended(child);
  if (moment.at === "git") machine.done(".", "rm", "bin/git");
  // strace ends as what it watches does.
  return child.signalCode !== null || (moment.at !== "time" && child.exitCode !== 0);
}

/** A git that kills the group of processes that it is in. */
function countGit(
  machine: Machine,
  { call, edge }: { readonly call: number; readonly edge: "before" | "after" },
): void {
  const real = machine.done(".", "sh", "-c", "command -v git");
  const counted = `echo >> '${machine.path("calls")}'\ncall=$(wc -l < '${machine.path("calls")}')`;
  const fatal = `[ "$call" -ge ${call} ] && kill -KILL 0`;
  machine.program(
    "git",
    edge === "before"
      ? `${counted}\n${fatal}\nexec '${real}' "$@"`
      : `${counted}\n'${real}' "$@"\nstatus=$?\n${fatal}\nexit $status`,
  );
}

function traceOf(machine: Machine, { name, call, file }: Moment & { readonly at: "system" }): readonly string[] {
  const what = ["-e", `trace=${name}`, "-e", `inject=${name}:signal=KILL:when=${call}`];
  const only = file === undefined ? [] : ["-P", machine.path(`flake/${file}`)];
  // Not with --seccomp-bpf, with which strace 6.1 does not count.
  return ["strace", "-f", "-qq", "-o", "/dev/null", ...only, ...what];
}

/** Kills what is left of a group of processes. */
export function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // All of it is over.
  }
}

async function findProblems(machine: Machine, work: KilledWork): Promise<string[]> {
  const { args, template, contents } = work;
  const states = ["flake.yaml", "lockfile.json"].map((file) => {
    const text = machine.find(`flake/${file}`);
    const isNew = contents.includes(`${file}: ${text}`);
    const isOld = text === template.find(`flake/${file}`);
    return { file, isNew, isWhole: isOld || isNew };
  });
  const torn = states.filter(({ isWhole }) => !isWhole).map(({ file }) => `${file} is neither the old nor the new one`);
  // What was added to flake.yaml already cannot be added again, and needs to be locked.
  const isAdded = args[0] === "input" && states[0]?.isNew === true;
  const start = performance.now();
  const { status, said } = await machine.runFirn("flake", ...(isAdded ? ["lock"] : args));
  work.milliseconds = (work.milliseconds + performance.now() - start) / 2;
  const failed = status === 0 ? [] : [`the next run failed: ${said}`];
  const now = listContents(machine.path("flake"));
  const missing = contents.filter((one) => !now.includes(one)).map((one) => `the next run does not give ${one}`);
  const left = now.filter((one) => !contents.includes(one)).map((one) => `the next run leaves ${one}`);
  const cached = listNames(machine.path("cache")).filter((path) => path.endsWith(".tmp"));
  const found = [...torn, ...failed, ...missing, ...left, ...cached.map((path) => `the cache keeps ${path}`)];
  return found.map((one) => one.slice(0, 300));
}

/** Says when files were looked at, and where they are: it is another on each machine. */
const checks = ".firn/checked.json";

/** Lists what is in a folder: files with their texts, links with what they say. */
export function listContents(folder: string): readonly string[] {
  return listNames(folder).map((name) => {
    const path = join(folder, name);
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) return `${name} -> ${readlinkSync(path)}`;
    return stats.isFile() && name !== checks ? `${name}: ${readFileSync(path, "utf8")}` : `${name}/`;
  });
}

function listNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.map(({ parentPath, name }) => relative(realpathSync(folder), join(parentPath, name))).toSorted();
}
