import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rolldown } from "rolldown";
import { type Cost, measure, type Program } from "../evaluate/measure.ts";
import { writeWorkspace } from "./workspace.ts";

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "10,100,500" },
    hosts: { type: "string", default: "1,10,100" },
    rounds: { type: "string", default: "7" },
  },
});

/** Programs of this folder stand here, so that they find the bundlers. */
const programs = join(process.cwd(), "bench/dist/load");
const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-load-")));
try {
  await bundlePrograms();
  for (const packages of numbers(flags.sizes)) compareBundlers(packages);
  compareHosts(100);
} finally {
  rmSync(folder, { recursive: true });
}

function numbers(list: string): number[] {
  return list.split(",").map(Number);
}

async function bundlePrograms(): Promise<void> {
  const input = ["loader", "candidate"].map((name) => join(process.cwd(), `bench/load/${name}.ts`));
  const build = await rolldown({ input, platform: "node", external: /^(rolldown|esbuild)(\/|$)/ });
  await build.write({
    dir: programs,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name]-[hash].mjs",
  });
  await build.close();
}

/** One host that imports all packages, of three files each: loaded by Firn, and by bundlers with the plainest of caches. */
function compareBundlers(packages: number): void {
  const root = join(folder, `packages-${packages}`);
  writeWorkspace(root, { packages, hosts: 1 });
  const cache = (name: string): string => join(folder, `cache-${name}-${packages}`);
  const costs = measureAll({
    firn: { cache: cache("firn"), command: ["loader.mjs", root, cache("firn"), "h0"] },
    rolldown: { cache: cache("rolldown"), command: ["candidate.mjs", "rolldown", root, cache("rolldown")] },
    esbuild: { cache: cache("esbuild"), command: ["candidate.mjs", "esbuild", root, cache("esbuild")] },
  });
  print(`${packages} packages, ${packages * 3} files`, costs);
}

/** Many hosts over the same packages, loaded together and one of them alone. */
function compareHosts(packages: number): void {
  for (const hosts of numbers(flags.hosts)) {
    const root = join(folder, `hosts-${hosts}`);
    writeWorkspace(root, { packages, hosts });
    const cache = (name: string): string => join(folder, `cache-${name}-of-${hosts}`);
    const names = Array.from({ length: hosts }, (_, index) => `h${index}`);
    const costs = measureAll({
      "all hosts": { cache: cache("all"), command: ["loader.mjs", root, cache("all"), ...names] },
      "one host": { cache: cache("one"), command: ["loader.mjs", root, cache("one"), "h0"] },
    });
    print(`${hosts} hosts, ${packages} packages`, costs);
  }
}

interface Candidate {
  readonly cache: string;
  readonly command: readonly [program: string, ...rest: string[]];
}

function measureAll(candidates: Readonly<Record<string, Candidate>>): Map<string, Cost> {
  const node: Program = { name: "node -e 0", command: [process.execPath, "-e", "0"], cwd: folder, output: "/dev/null" };
  const runs = Object.entries(candidates).flatMap(
    ([
      name,
      {
        cache,
        command: [program, ...rest],
      },
    ]) => {
      const shared = {
        command: [process.execPath, join(programs, program), ...rest],
        cwd: folder,
        output: "/dev/null",
      };
      const prepare = (): void => rmSync(cache, { recursive: true, force: true });
      return [
        { ...shared, name: `${name}, cold`, prepare },
        { ...shared, name: `${name}, warm` },
      ];
    },
  );
  // A cold run leaves the cache that the warm run after it takes.
  return measure([node, ...runs], Number(flags.rounds));
}

function print(title: string, costs: ReadonlyMap<string, Cost>): void {
  const base = costs.get("node -e 0");
  if (base === undefined) return;
  row(title, ["wall ms", "over node", "times node", "cpu ms", "times node", "peak MiB"]);
  for (const [name, { wall, cpu, memory }] of costs) {
    const walls = [wall.toFixed(0), (wall - base.wall).toFixed(0), (wall / base.wall).toFixed(2)];
    row(`  ${name}`, [...walls, cpu.toFixed(0), (cpu / base.cpu).toFixed(2), memory.toFixed(0)]);
  }
  console.log();
}

function row(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(28) + cells.map((cell) => cell.padStart(12)).join(""));
}
