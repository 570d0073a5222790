import type { Configuration } from "./configuration.ts";
import { optionsPerModule } from "./generate.ts";
import type { InProcess } from "./in-process.ts";
import type { Cost } from "./measure.ts";

/** All that was measured for one size. */
export interface SizeResult {
  readonly configuration: Configuration;
  readonly costs: ReadonlyMap<string, Cost>;
  readonly inProcess: Readonly<Record<"firn" | "hand", InProcess>>;
  /** Names of the programs whose results were compared. */
  readonly compared: readonly string[];
  readonly difference: string | undefined;
}

/** Prints what one size took, with ratios beside the budgets of 1,000 modules. */
export function reportSize(result: SizeResult): void {
  const options = result.configuration.modules.length * optionsPerModule;
  const definitions = result.configuration.modules.flatMap((module) =>
    module.blocks.flatMap((block) => block.definitions),
  );
  const [modules, perOption] = [result.configuration.modules.length, (definitions.length / options).toFixed(2)];
  console.log(`\n${modules} modules, ${options} options, ${definitions.length} definitions (${perOption} an option)`);
  const agreed = `the same JSON from ${result.compared.join(", ")}`;
  console.log(result.difference === undefined ? `  ${agreed}` : `  NOT ${agreed}\n  ${result.difference}`);
  reportProcesses(result.costs);
  reportAgainstNix(result.costs);
  reportInProcess(result.inProcess);
}

function reportProcesses(costs: ReadonlyMap<string, Cost>): void {
  row("whole process", ["wall ms", "cpu ms", "peak MiB"]);
  for (const [name, { wall, cpu, memory }] of costs) row(name, [wall.toFixed(0), cpu.toFixed(0), memory.toFixed(0)]);
}

function reportAgainstNix(costs: ReadonlyMap<string, Cost>): void {
  const nix = costs.get("nix");
  const [warm, fresh, cold] = ["firn warm", "firn fresh", "firn cold"].map((name) => costs.get(name));
  if (nix === undefined || warm === undefined || fresh === undefined || cold === undefined) return;
  row("firn / nix", ["ratio", "must", "aim"]);
  row("time, warm cache", [ratio(warm.wall, nix.wall), "0.25", "0.10"]);
  row("memory, warm cache", [ratio(warm.memory, nix.memory), "0.50", "0.25"]);
  row("time, warm, evaluated", [ratio(fresh.wall, nix.wall)]);
  row("memory, evaluated", [ratio(fresh.memory, nix.memory)]);
  row("time, cold cache", [ratio(cold.wall, nix.wall), "1.00", "0.50"]);
  // On a machine that does other work too, the time of the processors is steadier than that of the clock.
  row("cpu, warm cache", [ratio(warm.cpu, nix.cpu)]);
  row("cpu, warm, evaluated", [ratio(fresh.cpu, nix.cpu)]);
  row("cpu, cold cache", [ratio(cold.cpu, nix.cpu)]);
}

function reportInProcess({ firn, hand }: SizeResult["inProcess"]): void {
  row("in process", ["firn ms", "hand ms", "ratio", "must", "aim"]);
  row("first evaluation", [...against(firn.first, hand.first), "5.00", "2.00"]);
  row("warm, median", [...against(firn.warm, hand.warm), "5.00", "2.00"]);
}

function against(firn: number, hand: number): string[] {
  return [firn.toFixed(1), hand.toFixed(1), ratio(firn, hand)];
}

/** Prints what one option takes at each size: the same everywhere if growth is linear. */
export function reportGrowth(results: readonly SizeResult[]): void {
  console.log("\nPer option");
  const processes = ["nix", "firn cold", "firn fresh", "firn warm"].filter((name) => results[0]?.costs.has(name));
  row("us over node -e 0", [...processes, "first", "warm"]);
  for (const { configuration, costs, inProcess } of results) {
    const options = configuration.modules.length * optionsPerModule;
    const times = [...processes.map((name) => over(costs, name).wall), inProcess.firn.first, inProcess.firn.warm];
    row(
      `${options} options`,
      times.map((milliseconds) => ((milliseconds * 1000) / options).toFixed(1)),
    );
  }
  row("KiB over node -e 0", [...processes, "first", "must", "aim"]);
  for (const { configuration, costs, inProcess } of results) {
    const options = configuration.modules.length * optionsPerModule;
    const sizes = [...processes.map((name) => over(costs, name).memory), inProcess.firn.memory];
    row(`${options} options`, [...sizes.map((mebibytes) => ((mebibytes * 1024) / options).toFixed(1)), "15.0", "8.0"]);
  }
}

function over(costs: ReadonlyMap<string, Cost>, name: string): Pick<Cost, "wall" | "memory"> {
  const [cost, base] = [costs.get(name), costs.get("node -e 0")];
  if (cost === undefined || base === undefined) return { wall: Number.NaN, memory: Number.NaN };
  return { wall: cost.wall - base.wall, memory: cost.memory - base.memory };
}

/** Prints what starting takes against an empty Node process. */
export function reportStartup(costs: ReadonlyMap<string, Cost>): void {
  const base = costs.get("node -e 0");
  if (base === undefined) return;
  console.log("\nStart-up");
  row("whole process", ["wall ms", "peak MiB", "ratio", "must", "aim"]);
  for (const [name, { wall, memory }] of costs) {
    const budget = name.startsWith("firn --") ? ["1.70", "1.30"] : [];
    row(name, [wall.toFixed(1), memory.toFixed(0), ratio(wall, base.wall), ...budget]);
  }
}

function ratio(value: number, base: number): string {
  return (value / base).toFixed(2);
}

function row(name: string, cells: readonly string[]): void {
  console.log(`  ${name.padEnd(20)}${cells.map((cell) => cell.padStart(11)).join("")}`.trimEnd());
}
