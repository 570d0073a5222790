import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** A program to measure: what to run, where, and what to do before each run. */
export interface Program {
  readonly name: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** File that takes what it prints. */
  readonly output: string;
  prepare?(): void;
}

/** What one run took: milliseconds from start to end, milliseconds of processor, MiB at the peak. */
export interface Cost {
  readonly wall: number;
  readonly cpu: number;
  readonly memory: number;
}

/**
 * Runs the programs in turns (A B C A B C …), so that a change of the machine's load meets all of them, and gives the
 * medians by name. The first round is dropped.
 *
 * @throws Error when a program fails
 */
export function measure(programs: readonly Program[], rounds: number): Map<string, Cost> {
  const costs = new Map(programs.map(({ name }) => [name, [] as Cost[]]));
  for (let round = 0; round <= rounds; round++) {
    for (const program of programs) {
      const cost = run(program);
      if (round > 0) costs.get(program.name)?.push(cost);
    }
  }
  return new Map([...costs].map(([name, all]) => [name, medianCost(all)]));
}

/** Runs a program once, to completion. */
export function run(program: Program): Cost {
  program.prepare?.();
  const timer = join(process.cwd(), "bench/evaluate/measure-child.py");
  const { stdout, stderr, error } = spawnSync("python3", [timer, program.output, ...program.command], {
    cwd: program.cwd,
    env: environmentOf(program),
    encoding: "utf8",
  });
  if (error !== undefined) throw new Error(`Cannot run "python3", which measures the programs: ${error.message}`);
  const { status, ...cost } = stdout === "" ? { status: "none" } : JSON.parse(stdout);
  if (status !== 0) throw new Error(`Cannot measure "${program.command.join(" ")}": exit status ${status}\n${stderr}`);
  return cost;
}

function environmentOf({ environment }: Program): NodeJS.ProcessEnv {
  const all = { ...process.env, ...environment };
  // Node 20 reads these certificates at every start, which takes longer than the start itself.
  delete all.NODE_EXTRA_CA_CERTS;
  return all;
}

function medianCost(costs: readonly Cost[]): Cost {
  return {
    wall: median(costs.map(({ wall }) => wall)),
    cpu: median(costs.map(({ cpu }) => cpu)),
    memory: median(costs.map(({ memory }) => memory)),
  };
}

/** The middle one of some numbers: the upper of two. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
