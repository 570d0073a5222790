import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { measure, run } from "../evaluate/measure.ts";
import { readLock } from "./flake.ts";
import { type Bench, child, firn, flakeOf, sets } from "./setting.ts";
import { Peer } from "./peer.ts";
import { printCosts } from "./report.ts";

/** Measures how long the files of a closure take to arrive where nothing is yet. */
export function measureFetch(bench: Bench): void {
  const asked = sets.fetched;
  const peer = new Peer(join(bench.folder, "peer"), bench.address, bench.copy);
  const flake = flakeOf(bench, asked);
  const [store, machine] = [join(bench.folder, "store"), join(bench.folder, "machine")];
  run(peer.run("lists", ["update"]));
  run(firn(bench, { name: "lock", flake, args: ["lock"] }));
  const empty = (folder: string) => () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  };
  const programs = [
    {
      ...peer.run("apt-get install --download-only", ["install", "--download-only", ...asked]),
      prepare: () => peer.forgetFiles(),
    },
    {
      ...child(bench, { name: "fetch, in a process of its own", part: "fetch", flake, cache: store }),
      prepare: empty(store),
    },
    {
      ...firn(bench, { name: "firn build", flake, args: ["build", "bench", "--root", machine] }),
      prepare: empty(machine),
    },
    {
      ...firn(bench, {
        name: "firn build, not synced",
        flake,
        args: ["build", "bench", "--root", machine],
        isSynced: false,
      }),
      prepare: empty(machine),
    },
  ];
  const { packages = [] } = readLock(flake).closures["bench"] ?? {};
  const bytes = packages.reduce((sum, { size }) => sum + size, 0);
  const costs = measure(programs, bench.rounds);
  printCosts(`fetch ${packages.length} files, ${(bytes / 2 ** 20).toFixed(0)} MiB`, costs);
  for (const folder of [flake, store, machine]) rmSync(folder, { recursive: true });
}
