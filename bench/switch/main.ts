import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Cost, measure, type Program } from "../evaluate/measure.ts";
import { isOnPath } from "../lock/trace.ts";
import { ansibleRuns } from "./ansible.ts";
import { type Kind, type Setting, writeSetting } from "./setting.ts";

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "1000,10000" },
    rounds: { type: "string", default: "3" },
    peer: { type: "string", default: "100" },
  },
});
const rounds = Number(flags.rounds);

/** The command line as it is bundled, from the root of the workspace. */
const cli = join(process.cwd(), "packages/cli/dist/firn.cjs");

const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-switch-")));
const node: Program = { name: "node -e 0", command: [process.execPath, "-e", "0"], cwd: folder, output: "/dev/null" };
try {
  if (!existsSync(cli)) throw new Error(`Cannot find "${cli}"; "pnpm build" makes it`);
  for (const files of flags.sizes.split(",").filter(Boolean).map(Number)) {
    for (const kind of ["links", "real files"] as const) measureSize(files, kind);
  }
  measureAnsible(Number(flags.peer));
} finally {
  rmSync(folder, { recursive: true });
}

function measureSize(files: number, kind: Kind): void {
  const setting = writeSetting(join(folder, `${files} ${kind}`), { files, kind });
  const budgets = files === 1000 ? { first: "must 5, aim 2", build: "must 5, aim 3" } : {};
  console.log(`${files} ${kind}`);
  print("first switch, against cp -a", measure([copy(setting), ...firstRuns(setting)], rounds), budgets.first);
  print("a tenth changed, against cp -a", measure([copy(setting), ...changedRuns(setting)], rounds));
  print("nothing to do, against node -e 0", measure([node, ...idleRuns(setting)], rounds), budgets.build);
  console.log();
  rmSync(setting.folder, { recursive: true });
}

function copy({ folder: own, tree }: Setting): Program {
  const target = join(own, "copy");
  const prepare = (): void => rmSync(target, { recursive: true, force: true });
  return { name: "cp -a", command: ["cp", "-a", tree, target], cwd: own, output: "/dev/null", prepare };
}

interface Run {
  readonly name: string;
  readonly flake: string;
  readonly args: readonly string[];
  readonly machine: string;
  readonly isSynced?: boolean;
}

function firn({ args, flake, isSynced = true, machine, name }: Run): Program {
  return {
    name,
    command: [process.execPath, cli, ...args, "bench", "--root", machine],
    cwd: flake,
    environment: { XDG_CACHE_HOME: join(folder, "cache"), NO_COLOR: "1", ...(!isSynced && { FIRN_NO_SYNC: "1" }) },
    output: "/dev/null",
  };
}

function runNow({ command: [program = "", ...words], cwd, environment }: Program): void {
  execFileSync(program, words, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: "pipe",
  });
}

function empty(machine: string): void {
  rmSync(machine, { recursive: true, force: true });
  mkdirSync(machine, { recursive: true });
}

function firstRuns({ first, folder: own }: Setting): readonly Program[] {
  const machine = join(own, "machine");
  const build = firn({ name: "firn build", flake: first, args: ["build"], machine });
  const run = { flake: first, args: ["switch"], machine };
  const prepareBuilt = (): void => {
    empty(machine);
    runNow(build);
  };
  return [
    { ...build, prepare: () => empty(machine) },
    { ...firn({ ...run, name: "firn switch, built before" }), prepare: prepareBuilt },
    { ...firn({ ...run, name: "the same, not synced", isSynced: false }), prepare: prepareBuilt },
    { ...firn({ ...run, name: "firn switch, with all of it" }), prepare: () => empty(machine) },
  ];
}

function changedRuns({ first, folder: own, second }: Setting): readonly Program[] {
  const machine = join(own, "machine");
  const before = firn({ name: "before", flake: first, args: ["switch"], machine });
  const build = firn({ name: "build", flake: second, args: ["build"], machine });
  const run = { flake: second, args: ["switch"], machine };
  return [
    {
      ...firn({ ...run, name: "firn switch, built before" }),
      prepare: () => {
        runNow(before);
        runNow(build);
      },
    },
    {
      ...firn({ ...run, name: "the same, not synced", isSynced: false }),
      prepare: () => runNow(before),
    },
  ];
}

function idleRuns({ folder: own, second }: Setting): readonly Program[] {
  const run = { flake: second, machine: join(own, "machine") };
  return (["switch", "plan", "build"] as const).map((name) => firn({ ...run, name: `firn ${name}`, args: [name] }));
}

function measureAnsible(files: number): void {
  const setting = writeSetting(join(folder, "peer"), { files, kind: "real files" });
  const machine = join(setting.folder, "machine");
  const run = { flake: setting.first, args: ["switch"], machine };
  const runs = [
    { ...firn({ ...run, name: "firn switch, first" }), prepare: () => empty(machine) },
    firn({ ...run, name: "firn switch, nothing to do" }),
  ];
  console.log(`${files} real files`);
  const hasPeer = isOnPath("ansible-playbook");
  if (!hasPeer) console.log("  Skipped: ansible-playbook, which Debian has in ansible-core");
  const peers = hasPeer ? ansibleRuns(setting.folder, { files, tree: setting.tree }) : [];
  // A run of the peer takes so long that nothing of Firn matters beside it.
  const costs = measure([...runs, ...peers], 1);
  const [first, idle] = runs.map(({ name }) => costs.get(name)?.wall ?? Number.NaN) as [number, number]; // One for each of the two.
  row("  firn switch, how many times faster", ["wall ms", "ansible ms", "times", "must"]);
  const against = (name: string): number => costs.get(name)?.wall ?? Number.NaN;
  row("    first", cells(first, against("ansible, first")));
  row("    nothing to do", [...cells(idle, against("ansible, nothing to do")), "50"]);
}

function cells(own: number, other: number): string[] {
  return [own.toFixed(0), other.toFixed(0), (other / own).toFixed(0)];
}

/** Prints what programs took, against the first of them. */
function print(title: string, costs: ReadonlyMap<string, Cost>, budget = ""): void {
  const [base] = costs.values();
  row(`  ${title}`, ["wall ms", "ratio", "cpu ms", "peak MiB", `  ${budget}`]);
  for (const [name, { cpu, memory, wall }] of costs) {
    const ratio = base === undefined ? "" : (wall / base.wall).toFixed(2);
    row(`    ${name}`, [wall.toFixed(0), ratio, cpu.toFixed(0), memory.toFixed(0)]);
  }
}

function row(name: string, values: readonly string[]): void {
  console.log((name.padEnd(40) + values.map((value) => value.padStart(11)).join("")).trimEnd());
}
