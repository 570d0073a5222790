import { writeFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { median } from "./measure.ts";

/** What evaluating took in a process of its own, in milliseconds; and MiB by which the first time raised its peak. */
export interface InProcess {
  readonly first: number;
  readonly warm: number;
  readonly memory: number;
}

const warmRuns = 15;

/** Evaluates once and then again and again, prints what it took, and writes the result to the file that argv names. */
export function measureHere(evaluateOnce: () => unknown): void {
  const before = peakMemory();
  const first = time(evaluateOnce);
  const memory = peakMemory() - before;
  const warm = Array.from({ length: warmRuns }, () => time(evaluateOnce).took);
  console.log(JSON.stringify({ first: first.took, warm: median(warm), memory } satisfies InProcess));
  const output = process.argv[2];
  if (output !== undefined) writeFileSync(output, JSON.stringify(first.result));
}

function time(evaluateOnce: () => unknown): { took: number; result: unknown } {
  const start = performance.now();
  const result = evaluateOnce();
  return { took: performance.now() - start, result };
}

function peakMemory(): number {
  return process.resourceUsage().maxRSS / 1024;
}
