import type { Cost } from "../evaluate/measure.ts";

/** Prints what programs took, against the first of them. @param note of each but the first, beside its ratio */
export function printCosts(title: string, costs: ReadonlyMap<string, Cost>, note = "must 1.3"): void {
  const [base] = costs.values();
  printRow(title, ["wall ms", "ratio", "cpu ms", "peak MiB"]);
  for (const [name, cost] of costs) {
    const { cpu, memory, wall } = cost;
    const ratio = base === undefined ? "" : (wall / base.wall).toFixed(2);
    const shown = [wall.toFixed(wall < 100 ? 1 : 0), ratio, cpu.toFixed(0), memory.toFixed(0)];
    printRow(`  ${name}`, cost === base ? shown : [...shown, note]);
  }
  console.log();
}

function printRow(name: string, values: readonly string[]): void {
  console.log((name.padEnd(44) + values.map((value) => value.padStart(10)).join("")).trimEnd());
}
