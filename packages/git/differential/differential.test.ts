import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { openGit } from "@firn/git";
import type { Fetcher } from "@firn/resolve";
import { expect, test } from "vitest";
import { openMemory } from "./memory-fetcher.ts";
import { lacksNix, Nix } from "./nix.ts";
import type { Repository } from "./repository.ts";
import { type GraphReport, runGraph } from "./run-graph.ts";
import { makeScratchFolder } from "./scratch-folder.ts";

/** For thousands of graphs: FIRN_DIFF_GRAPHS=5000 FIRN_DIFF_SEED=1000000, on as many processors as there are. */
const graphs = Number(process.env["FIRN_DIFF_GRAPHS"] ?? 200);
const firstSeed = Number(process.env["FIRN_DIFF_SEED"] ?? 1);
const steps = Number(process.env["FIRN_DIFF_STEPS"] ?? 10);
/** One more than processors, for nix waits for the disk now and then, and for this process. */
const workers = availableParallelism() + 1;
const millisecondsPerGraph = 10_000;

test.skipIf(lacksNix)(
  `lockInputs locks ${graphs} random graphs as nix 2.8 does, but for the known divergences`,
  { timeout: 60_000 + graphs * millisecondsPerGraph },
  async () => {
    const folder = makeScratchFolder();
    const begin = performance.now();
    try {
      const nixes = Array.from({ length: workers }, (_, index) => new Nix(join(folder, `nix${index}`)));
      const seeds = Array.from({ length: graphs }, (_, index) => firstSeed + index);
      const work: Work = { folder, seeds, reports: [], failures: [] };
      await Promise.all(nixes.map((nix) => takeSeeds(nix, work)));
      if (process.env["FIRN_DIFF_GRAPHS"] !== undefined)
        console.log(summarize(work.reports, nixes, performance.now() - begin));
      expect(work.failures.slice(0, 5).join("\n\n")).toBe("");
      expect(work.reports).toHaveLength(graphs);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test.skipIf(lacksNix)("runGraph finds what no known divergence explains", { timeout: 60_000 }, async () => {
  const folder = makeScratchFolder();
  try {
    const nix = new Nix(join(folder, "nix"));
    const run = runGraph({ seed: 1, steps: 10, nix, folder: join(folder, "graph"), open: openStale });
    await expect(run).rejects.toThrow(/^Cannot explain how nix and Firn differ: seed 1, step /);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Answers as if no branch had ever moved. */
function openStale(repositories: readonly Repository[]): Fetcher {
  const memory = openMemory(repositories);
  return {
    ...memory,
    listRefs({ git }) {
      const { commits = [], refs } = repositories.find(({ url }) => url === git) ?? {};
      const [first = ""] = commits;
      const branches = new Map([...(refs?.branches.keys() ?? [])].map((name) => [name, first]));
      return Promise.resolve({ value: { head: first, branches, tags: refs?.tags ?? new Map() }, diagnostics: [] });
    },
  };
}

/** What the workers share: they take seeds until none is left. */
interface Work {
  readonly folder: string;
  readonly seeds: number[];
  readonly reports: GraphReport[];
  readonly failures: string[];
}

async function takeSeeds(nix: Nix, { folder, seeds, reports, failures }: Work): Promise<void> {
  for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
    const own = join(folder, `graph${seed}`);
    const git = { cacheDirectory: join(own, "cache"), environment: process.env };
    const open = seed % 10 === 0 ? () => openGit(git) : openMemory;
    await runGraph({ seed, steps, nix, folder: own, open }).then(
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
