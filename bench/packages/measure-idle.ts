import { rmSync } from "node:fs";
import { join } from "node:path";
import { measure, run } from "../evaluate/measure.ts";
import { readLock } from "./flake.ts";
import { type Bench, firn, flakeOf, sets } from "./setting.ts";
import { printCosts } from "./report.ts";
import { aptOf, makeRoot, removeRoot, withProcesses } from "./root.ts";

/** Measures a switch that finds all packages there. */
export function measureIdle(bench: Bench): void {
  const flake = flakeOf(bench, sets.many);
  const root = join(bench.folder, "root");
  const args = ["switch", "bench", "--root", root];
  makeRoot(root, bench.copy.base);
  run(firn(bench, { name: "lock", flake, args: ["lock"] }));
  run(withProcesses(root, firn(bench, { name: "install", flake, args, isSynced: false })));
  const there = readLock(flake).closures["bench"]?.packages ?? [];
  const node = { name: "node -e 0", command: [process.execPath, "-e", "0"], cwd: root, output: "/dev/null" };
  // Those that only others need would count as asked for once they are named, and Firn would have something to do.
  const apt = aptOf(root, { name: "apt-get install", isSynced: true, words: sets.many.join(" ") });
  const idle = firn(bench, { name: "firn switch", flake, args });
  const costs = measure([node, apt, idle], bench.rounds * 3);
  printCosts(`nothing to do for ${there.length} packages, against node`, costs, "");
  costs.delete(node.name);
  printCosts(`nothing to do for ${there.length} packages, against apt`, costs);
  removeRoot(root);
  rmSync(flake, { recursive: true });
}
