import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openMemory } from "./memory-fetcher.ts";
import { Nix } from "./nix.ts";
import { type GraphReport, runGraph } from "./run-graph.ts";
import { makeScratchFolder } from "./scratch-folder.ts";

/** For thousands of graphs: FIRN_DIFF_GRAPHS=5000 FIRN_DIFF_SEED=1000000, on as many processors as there are. */
const graphs = Number(process.env["FIRN_DIFF_GRAPHS"] ?? 200);
const firstSeed = Number(process.env["FIRN_DIFF_SEED"] ?? 1);
const steps = Number(process.env["FIRN_DIFF_STEPS"] ?? 10);
const millisecondsPerGraph = 10_000;

test(
  `lockInputs locks ${graphs} random graphs as nix 2.8 does, but for the known divergences`,
  { timeout: 60_000 + graphs * millisecondsPerGraph },
  async () => {
    const folder = makeScratchFolder();
    const begin = performance.now();
    try {
      const nixes = Array.from({ length: availableParallelism() }, (_, index) => new Nix(join(folder, `nix${index}`)));
      const seeds = Array.from({ length: graphs }, (_, index) => firstSeed + index);
      const work: Work = { folder, seeds, reports: [], failures: [] };
      await Promise.all(nixes.map((nix) => takeSeeds(nix, work)));
      console.log(summarize(work.reports, nixes, performance.now() - begin));
      expect(work.failures.slice(0, 5).join("\n\n")).toBe("");
      expect(work.reports).toHaveLength(graphs);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

/** What the workers share: they take seeds until none is left. */
interface Work {
  readonly folder: string;
  readonly seeds: number[];
  readonly reports: GraphReport[];
  readonly failures: string[];
}

async function takeSeeds(nix: Nix, { folder, seeds, reports, failures }: Work): Promise<void> {
  for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
    const task = { seed, steps, nix, folder: join(folder, `graph${seed}`), open: openMemory };
    await runGraph(task).then(
      (report) => reports.push(report),
      (error: unknown) => failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    );
  }
}

function summarize(reports: readonly GraphReport[], nixes: readonly Nix[], elapsed: number): string {
  const sum = (read: (report: GraphReport) => number): number => reports.reduce((total, one) => total + read(one), 0);
  const names = new Set(reports.flatMap(({ met }) => [...met.keys()]));
  const met = [...names].map((name) => `${name} ${sum((one) => one.met.get(name) ?? 0)}`);
  const ofNix = nixes.reduce((total, nix) => total + nix.elapsed, 0) / nixes.length;
  const share = ((100 * ofNix) / elapsed).toFixed(0);
  return `${sum(({ pairs }) => pairs)} pairs of locks, ${sum(({ paths }) => paths)} paths, ${sum(({ refused }) => refused)} refused by both, in ${(elapsed / 1000).toFixed(0)} s, of which nix ${share} %. Met: ${met.join(", ")}`;
}
