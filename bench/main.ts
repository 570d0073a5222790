// Usage: pnpm bench NAME [FLAG…]. Benchmarks take the working directory for the root of the workspace.
const benchmarks = new Map<string, () => Promise<unknown>>([
  ["evaluate", () => import("./evaluate/main.ts")],
  ["load", () => import("./load/main.ts")],
  ["lock", () => import("./lock/main.ts")],
  ["packages", () => import("./packages/main.ts")],
  ["switch", () => import("./switch/main.ts")],
  ["types", () => import("./types/main.ts")],
]);

const [name = ""] = process.argv.splice(2, 1);
const start = benchmarks.get(name);
if (start === undefined) {
  console.error(`Cannot find a benchmark "${name}"\nFix: one of ${[...benchmarks.keys()].join(", ")}`);
  process.exitCode = 1;
} else await start();
