import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { findDifference } from "./compare.ts";
import type { Configuration } from "./configuration.ts";
import { generateConfiguration } from "./generate.ts";
import type { InProcess } from "./in-process.ts";
import { type Cost, measure, median, type Program, run } from "./measure.ts";
import { libVariable } from "./render-nix.ts";
import { reportGrowth, reportSize, reportStartup, type SizeResult } from "./report.ts";
import { type Rendered, writeWorkspace } from "./workspace.ts";

/** The command line as it is bundled, from the root of the workspace. */
const cli = join(process.cwd(), "packages/cli/dist/firn.cjs");

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "100,300,1000" },
    rounds: { type: "string", default: "5" },
    keep: { type: "boolean", default: false },
  },
});
const rounds = Number(flags.rounds);

for (const missing of findMissing()) console.log(`Skipped: ${missing}`);
const results: SizeResult[] = [];
for (const size of flags.sizes.split(",").map(Number)) {
  const result = await inFolder((folder) => measureSize(generateConfiguration(size), folder));
  reportSize(result);
  results.push(result);
}
reportGrowth(results);
await inFolder(measureStartup);
if (results.some(({ difference }) => difference !== undefined)) process.exitCode = 1;

function findMissing(): string[] {
  const missing = [];
  if (!existsSync(cli)) missing.push(`whole processes of Firn, as ${cli} is not there; "pnpm build" makes it`);
  if (!hasNix())
    missing.push(
      `Nix, which needs nix-instantiate (Debian: nix-bin) and ${libVariable}, a checkout of nixpkgs with its lib`,
    );
  return missing;
}

function hasNix(): boolean {
  const onPath = (process.env.PATH ?? "").split(":").some((folder) => existsSync(join(folder, "nix-instantiate")));
  return onPath && process.env[libVariable] !== undefined;
}

async function inFolder<T>(work: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "firn-bench-"));
  try {
    return await work(folder);
  } finally {
    if (flags.keep) console.log(`Kept: ${folder}`);
    else rmSync(folder, { recursive: true });
  }
}

async function measureSize(configuration: Configuration, folder: string): Promise<SizeResult> {
  const rendered = await writeWorkspace(folder, configuration);
  const inProcess = measureInProcess(rendered, folder);
  const programs = [...nix(rendered, folder), ...firn(rendered, folder)];
  const costs = measure([startOfNode(folder), ...programs], rounds);
  const outputs = new Map([
    ["by hand", join(folder, "hand.json")],
    ["firn in process", join(folder, "firn.json")],
    ...programs.map(({ name, output }) => [name, output] as const),
  ]);
  return { configuration, costs, inProcess, compared: [...outputs.keys()], difference: findDifference(outputs) };
}

function measureInProcess({ inProcess }: Rendered, folder: string): Record<"firn" | "hand", InProcess> {
  const runs = { firn: [] as InProcess[], hand: [] as InProcess[] };
  for (let round = 0; round < rounds; round++) {
    for (const which of ["firn", "hand"] as const) {
      const output = join(folder, `${which}.timing.json`);
      const command = [process.execPath, inProcess[which], join(folder, `${which}.json`)];
      run({ name: which, command, cwd: folder, output });
      runs[which].push(JSON.parse(readFileSync(output, "utf8")));
    }
  }
  return { firn: medianInProcess(runs.firn), hand: medianInProcess(runs.hand) };
}

function medianInProcess(runs: readonly InProcess[]): InProcess {
  return {
    first: median(runs.map(({ first }) => first)),
    warm: median(runs.map(({ warm }) => warm)),
    memory: median(runs.map(({ memory }) => memory)),
  };
}

function startOfNode(folder: string): Program {
  return { name: "node -e 0", command: [process.execPath, "-e", "0"], cwd: folder, output: join(folder, "node.txt") };
}

function nix(rendered: Rendered, folder: string): Program[] {
  const command = ["nix-instantiate", "--eval", "--strict", "--json", rendered.nix];
  return hasNix() ? [{ name: "nix", command, cwd: folder, output: join(folder, "nix.json") }] : [];
}

function firn({ flake }: Rendered, folder: string): Program[] {
  const command = [process.execPath, cli, "eval", "bench", "--json"];
  const warm = { XDG_CACHE_HOME: join(folder, "warm-cache") };
  const cold = join(folder, "cold-cache");
  const programs = [
    {
      name: "firn cold",
      environment: { XDG_CACHE_HOME: cold },
      prepare: () => rmSync(cold, { recursive: true, force: true }),
    },
    // Nothing changed: the configuration is the one that was kept.
    { name: "firn warm", environment: warm },
    // The bundle is the one that was kept, and is evaluated.
    { name: "firn fresh", environment: warm, command: [...command, "--fresh"] },
  ];
  return existsSync(cli)
    ? programs.map((program) => ({ command, ...program, cwd: flake, output: join(folder, `${program.name}.json`) }))
    : [];
}

function measureStartup(folder: string): void {
  if (!existsSync(cli)) return;
  const environment = { XDG_CACHE_HOME: join(folder, "cache") };
  const programs = [["--version"], ["--help"], ["eval", "web"], ["eval", "web", "--fresh"]].map((words) => ({
    name: `firn ${words.join(" ")}`,
    command: [process.execPath, cli, ...words],
    cwd: process.cwd(),
    environment,
    output: join(folder, "output.txt"),
  }));
  const costs: ReadonlyMap<string, Cost> = measure([startOfNode(folder), ...programs], rounds * 3);
  reportStartup(costs);
}
