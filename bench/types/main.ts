import { spawnSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { findCompiler } from "../../packages/firn/typing/compiler.ts";
import { LanguageServer, type Position } from "../../packages/firn/typing/language-server.ts";
import { median } from "../evaluate/measure.ts";
import { hostText, optionsPerModule, writeProject } from "./project.ts";

const { values: flags } = parseArgs({
  options: {
    sizes: { type: "string", default: "1,50,200" },
    rounds: { type: "string", default: "7" },
  },
});
const rounds = Number(flags.rounds);

row("modules", [
  "options",
  "check ms",
  "all ms",
  "instantiations",
  "types",
  "MiB",
  "open ms",
  "key read",
  "key define",
  "diagnose",
]);
for (const modules of flags.sizes.split(",").map(Number)) await measureSize(modules);
console.log("\nBudget (design, section 10): 200 ms from a keystroke to the completion at 50 modules, aim 100");

async function measureSize(modules: number): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-types-")));
  try {
    writeProject(folder, modules);
    const compiled = Array.from({ length: rounds }, () => compileOnce(folder));
    const middle = (name: string): string => median(compiled.map((each) => each[name] ?? Number.NaN)).toFixed(0);
    const editing = (await edit(folder, modules)).map((each) => each.toFixed(0));
    const cells = [middle("Check time"), middle("Total time"), middle("Instantiations"), middle("Types")];
    row(String(modules), [String(modules * optionsPerModule), ...cells, middle("Memory used"), ...editing]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the compiler says of one run: times in milliseconds, memory in MiB, and counts. */
function compileOnce(folder: string): Record<string, number> {
  const { stdout, status } = spawnSync(findCompiler(), ["--project", folder, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Cannot measure: the generated project has errors\n${stdout}`);
  const lines = stdout.matchAll(/^([A-Z][A-Za-z ]+):\s+([\d.]+)(s|K)?$/gm);
  const factors: Record<string, number> = { s: 1000, K: 1 / 1024 };
  return Object.fromEntries(
    Array.from(lines, ([, name = "", figure, unit = ""]) => [name, Number(figure) * (factors[unit] ?? 1)]),
  );
}

/** Types into the host, and gives the milliseconds of opening it, of two completions and of the problems after a key. */
async function edit(folder: string, modules: number): Promise<number[]> {
  const host = join(folder, "host.ts");
  const text = hostText(modules);
  const service = `m${modules - 1}`;
  const server = await LanguageServer.start(folder);
  try {
    const typed = { server, host, text };
    const opened = await time(async () => {
      server.open(host, text.before + text.after);
      await server.diagnose(host);
    });
    const read = await repeat({
      ...typed,
      wanted: "port",
      left: (key) => `const x${key} = services.${service}.`,
      right: ";",
    });
    const define = await repeat({
      ...typed,
      wanted: "port",
      left: (key) => `define({ services: { ${service}: { extraConfig: "${key}", `,
      right: "} } });",
    });
    const problems: number[] = [];
    for (let key = 0; key < rounds; key++) {
      server.change(host, `${text.before}define({ services: { ${service}: { prot${key}: 1 } } });${text.after}`);
      problems.push(await time(() => server.diagnose(host)));
    }
    return [opened, read, define, median(problems)];
  } finally {
    await server.stop();
  }
}

interface Typed {
  readonly server: LanguageServer;
  readonly host: string;
  readonly text: { readonly before: string; readonly after: string };
  /** A name that has to be offered. */
  readonly wanted: string;
  /** What stands before the cursor, other at each key. */
  readonly left: (key: number) => string;
  readonly right: string;
}

async function repeat({ server, host, text, wanted, left, right }: Typed): Promise<number> {
  const times: number[] = [];
  for (let key = 0; key < rounds; key++) {
    const before = text.before + left(key);
    server.change(host, before + right + text.after);
    let offered: readonly { label: string }[] = [];
    times.push(await time(async () => (offered = await server.complete(host, endOf(before)))));
    if (!offered.some(({ label }) => label.replace("?", "") === wanted))
      throw new Error(`Cannot find "${wanted}" among the names offered`);
  }
  return median(times);
}

function endOf(text: string): Position {
  const lines = text.split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function row(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(8) + cells.map((cell) => cell.padStart(15)).join(""));
}
