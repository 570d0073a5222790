import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { TestRegistry } from "@firn/registry/testing";
import { measure, type Program, run } from "../evaluate/measure.ts";
import { readLock } from "./flake.ts";
import { printCosts } from "./report.ts";
import { type Bench, firn, flakeOf, sets } from "./setting.ts";

/** Measures how long the packages of a host take to a registry and back, against fetching them from the archive. */
export async function measureCache(bench: Bench): Promise<void> {
  const registry = await new TestRegistry().start();
  try {
    const flake = flakeOf(bench, sets.fetched);
    const [full, machine] = [join(bench.folder, "full"), join(bench.folder, "machine")];
    mkdirSync(full);
    run(firn(bench, { name: "lock", flake, args: ["lock"] }));
    run(firn(bench, { name: "build", flake, args: ["build", "bench", "--root", full] }));
    const call = (name: string, verb: string, root: string): Program => {
      return firn(bench, {
        name,
        flake,
        args: ["cache", verb, "bench", `${registry.host}/firn/bench`, "--root", root],
      });
    };
    // The registry has nothing once only.
    const start = performance.now();
    run(call("firn cache push", "push", full));
    const first = performance.now() - start;
    const empty = (): void => {
      rmSync(machine, { recursive: true, force: true });
      mkdirSync(machine);
    };
    const costs = measure(
      [
        {
          ...firn(bench, { name: "firn build, from the archive", flake, args: ["build", "bench", "--root", machine] }),
          prepare: empty,
        },
        { ...call("firn cache pull", "pull", machine), prepare: empty },
        call("firn cache push, nothing missing", "push", full),
      ],
      bench.rounds,
    );
    const { packages = [] } = readLock(flake).closures["bench"] ?? {};
    const bytes = packages.reduce((sum, { size }) => sum + size, 0);
    console.log(`first push of ${packages.length} files: ${first.toFixed(0)} ms`);
    printCosts(`a registry: ${packages.length} files, ${(bytes / 2 ** 20).toFixed(0)} MiB`, costs, "");
    for (const folder of [flake, full, machine]) rmSync(folder, { recursive: true });
  } finally {
    await registry.stop();
  }
}
