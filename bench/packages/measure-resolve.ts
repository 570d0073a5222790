import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { measure, type Program, run } from "../evaluate/measure.ts";
import { forgetClosures, forgetLock, readLock } from "./flake.ts";
import { type Bench, cacheOf, child, firn, flakeOf } from "./setting.ts";
import { names } from "./names.ts";
import { Peer, printWords } from "./peer.ts";
import { printCosts } from "./report.ts";

/** Measures how long it takes to decide which packages others need, without lists and with them. */
export function measureResolve(bench: Bench): void {
  for (const count of [10, 50, 140]) measureCount(bench, names.slice(0, count));
}

function measureCount(bench: Bench, asked: readonly string[]): void {
  const peer = new Peer(join(bench.folder, "peer"), bench.address, bench.copy);
  const flake = flakeOf(bench, asked);
  const lock = firn(bench, { name: "firn lock", flake, args: ["lock"] });
  const cold = [
    {
      ...peer.run("apt-get update && install --print-uris", ["update"], printWords(asked)),
      prepare: () => peer.forgetLists(),
    },
    {
      ...lock,
      prepare: () => {
        rmSync(cacheOf(bench.folder), { recursive: true, force: true });
        forgetLock(flake);
      },
    },
  ];
  const printing = peer.run("apt-get install --print-uris", printWords(asked));
  const warm: Program[] = [
    printing,
    child(bench, {
      name: "resolve, in a process of its own",
      part: "resolve",
      flake,
      cache: join(cacheOf(bench.folder), "firn/apt"),
    }),
    { ...lock, name: "firn lock, sources pinned", prepare: () => forgetClosures(flake) },
  ];
  const costs = measure(cold, bench.rounds);
  const found = compareAnswers(flake, printing);
  printCosts(`resolve ${asked.length} names (${found} packages), no lists`, costs);
  printCosts(`resolve ${asked.length} names, lists there`, measure(warm, bench.rounds * 3));
  rmSync(flake, { recursive: true });
}

/** Looks whether both found the same. @returns how many @throws Error when they did not */
function compareAnswers(flake: string, printing: Program): number {
  run(printing);
  const hashes = /SHA256:([0-9a-f]{64})/g;
  const theirs = [...readFileSync(printing.output, "utf8").matchAll(hashes)].map(([, hash = ""]) => hash).toSorted();
  const { packages = [] } = readLock(flake).closures["bench"] ?? {};
  const ours = packages.map(({ sha256 }) => sha256).toSorted();
  if (theirs.join() !== ours.join())
    throw new Error(`apt finds ${theirs.length} packages, and Firn other ${ours.length}`);
  return ours.length;
}
