import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Cost, measure, type Program, run } from "../evaluate/measure.ts";
import { moveOn, type Setting, writeSetting } from "./repositories.ts";
import { isOnPath, type Trace, trace } from "./trace.ts";

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "1,10,50" },
    rounds: { type: "string", default: "5" },
  },
});
const rounds = Number(flags.rounds);

/** The command line as it is bundled, from the root of the workspace. */
const cli = join(process.cwd(), "packages/cli/dist/firn.cjs");

/** One of the tools: its command in words, its folders, and what it writes. */
interface Tool {
  readonly name: string;
  readonly cwd: string;
  readonly cache: string;
  readonly lock: string;
  readonly environment: Readonly<Record<string, string>>;
  command(kind: "lock" | "update"): readonly string[];
}

const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-lock-")));
try {
  if (!existsSync(cli)) throw new Error(`Cannot find "${cli}"; "pnpm build" makes it`);
  if (!isOnPath("nix")) console.log("Skipped: nix, which Debian has as nix-bin");
  for (const size of flags.sizes.split(",").map(Number)) measureSize(size);
} finally {
  rmSync(folder, { recursive: true });
}

function measureSize(inputs: number): void {
  const setting = writeSetting(join(folder, `${inputs}`), inputs);
  const tools = toolsFor(setting);
  const node: Program = { name: "node -e 0", command: [process.execPath, "-e", "0"], cwd: folder, output: "/dev/null" };
  const scenes: readonly (readonly [title: string, programs: readonly Program[]])[] = [
    ["lock, no cache", tools.map((tool) => lockProgram(tool, { keepsCache: false }))],
    ["lock, all in the cache", tools.map((tool) => lockProgram(tool, { keepsCache: true }))],
    ["update of all, each with a new commit", tools.map((tool) => updateProgram(tool, setting))],
    ["lock with nothing to do", tools.map((tool) => programOf(tool, "lock"))],
  ];
  console.log(`${inputs} input${inputs === 1 ? "" : "s"}`);
  for (const [title, programs] of scenes) print(title, measure([node, ...programs], rounds));
  compareLocks(tools);
  for (const tool of tools) printTrace(tool);
  console.log();
}

function toolsFor({ firn, nix, folder: own }: Setting): readonly Tool[] {
  const cache = join(own, "cache-firn");
  const ofFirn: Tool = {
    name: "firn",
    cwd: firn,
    cache,
    lock: join(firn, "lockfile.json"),
    // In continuous integration a lock is not changed unless asked for.
    environment: { XDG_CACHE_HOME: cache, CI: "" },
    command: (kind) => [process.execPath, cli, kind],
  };
  return isOnPath("nix")
    ? [ofFirn, nixTool(nix, "nix", {}), nixTool(nix, "nix, fetching", { _NIX_FORCE_HTTP: "1" })]
    : [ofFirn];
}

/**
 * Nix reads a repository of this machine in place. With a variable of its own
 * tests it fetches it as if it were another's, which is what Firn always does.
 */
function nixTool(cwd: string, name: string, more: Readonly<Record<string, string>>): Tool {
  const path = (kind: string): string => join(cwd, name, kind);
  const kinds = ["store", "state", "log", "conf", "home"].map((kind) => [kind, path(kind)] as const);
  for (const [, each] of kinds) mkdirSync(each, { recursive: true });
  writeFileSync(path("registry.json"), '{"version":2,"flakes":[]}\n');
  writeFileSync(
    path("conf/nix.conf"),
    `experimental-features = nix-command flakes\nflake-registry = ${path("registry.json")}\n`,
  );
  return {
    name,
    cwd,
    cache: path("cache"),
    lock: join(cwd, "root/flake.lock"),
    environment: {
      ...more,
      HOME: path("home"),
      XDG_CACHE_HOME: path("cache"),
      NIX_CONF_DIR: path("conf"),
      NIX_STORE_DIR: path("store"),
      NIX_STATE_DIR: path("state"),
      NIX_LOG_DIR: path("log"),
    },
    // Without a time to live of zero, an update would take what was fetched within the last hour.
    command: (kind) => ["nix", "--tarball-ttl", "0", "flake", kind, "./root"],
  };
}

function programOf({ name, cwd, environment, command }: Tool, kind: "lock" | "update"): Program {
  return { name, command: command(kind), cwd, environment, output: "/dev/null" };
}

function lockProgram(tool: Tool, { keepsCache }: { keepsCache: boolean }): Program {
  const prepare = (): void => {
    rmSync(tool.lock, { force: true });
    if (!keepsCache) rmSync(tool.cache, { recursive: true, force: true });
  };
  return { ...programOf(tool, "lock"), prepare };
}

function updateProgram(tool: Tool, setting: Setting): Program {
  const prepare = (): void => {
    // Both variants of nix write the same lock; each must start from its own.
    run(lockProgram(tool, { keepsCache: true }));
    moveOn(setting);
  };
  return { ...programOf(tool, "update"), prepare };
}

/** Says where the tools pinned different commits, which makes the figures worth nothing. */
function compareLocks(tools: readonly Tool[]): void {
  for (const tool of tools) run({ ...programOf(tool, "update") });
  const [firn = "", nix] = tools.map(({ lock }) => commitsOf(lock));
  if (nix === undefined || nix === firn) return;
  console.log(`  The locks differ:\n  firn ${firn}\n  nix  ${nix}`);
  process.exitCode = 1;
}

function commitsOf(lock: string): string {
  const found = readFileSync(lock, "utf8").matchAll(/"(?:commit|rev)": "([0-9a-f]{40})"/g);
  return [...found]
    .map(([, commit]) => commit)
    .toSorted()
    .join(" ");
}

function print(title: string, costs: ReadonlyMap<string, Cost>): void {
  const node = costs.get("node -e 0");
  const nix = costs.get("nix");
  row(`  ${title}`, ["wall ms", "times node", "times nix", "cpu ms", "peak MiB"]);
  for (const [name, { wall, cpu, memory }] of costs) {
    const ratios = [node, nix].map((base) => (base === undefined ? "" : (wall / base.wall).toFixed(2)));
    row(`    ${name}`, [wall.toFixed(0), ...ratios, cpu.toFixed(0), memory.toFixed(0)]);
  }
}

function row(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(44) + cells.map((cell) => cell.padStart(12)).join(""));
}

/** Shows what a lock starts and opens. With nothing to do, that must be nothing at all for Firn. */
function printTrace(tool: Tool): void {
  const program = programOf(tool, "lock");
  // The first one shows that git would have been seen.
  rmSync(tool.lock);
  const busy = trace(program, folder);
  const idle = trace(program, folder);
  console.log(`  ${tool.name}, a new lock: ${describe(busy)}; nothing to do: ${describe(idle)}`);
  if (tool.name !== "firn") return;
  if (countGit(busy) === 0 || countGit(idle) > 0 || (idle.sockets ?? 0) > 0) process.exitCode = 1;
}

function describe(traced: Trace): string {
  const { started, sockets } = traced;
  const opened = sockets === undefined ? "no strace to see sockets" : `${sockets} calls for sockets`;
  return `${started.length} programs started, ${countGit(traced)} of them git, ${opened}`;
}

function countGit({ started }: Trace): number {
  return started.filter((name) => name === "git").length;
}
