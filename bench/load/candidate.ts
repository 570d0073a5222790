import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

// A process of its own: bundles a flake's first host with a bundler of choice, or takes what it bundled before.
// This is the least that a cache must do (one file of code, one of modification times), the floor for the loader's.

const [bundler = "", root = "", cache = ""] = process.argv.slice(2);
const code = join(cache, `${bundler}.cjs`);
const times = join(cache, `${bundler}.json`);
const entry = join(root, "hosts/h0/src/index.ts");

if (!isFresh()) await bundle();
createRequire(import.meta.url)(code);

function isFresh(): boolean {
  if (!existsSync(times)) return false;
  const inputs: Record<string, number> = JSON.parse(readFileSync(times, "utf8"));
  return Object.entries(inputs).every(([path, time]) => statSync(path, { throwIfNoEntry: false })?.mtimeMs === time);
}

async function bundle(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const inputs = bundler === "rolldown" ? await withRolldown() : await withEsbuild();
  writeFileSync(times, JSON.stringify(Object.fromEntries(inputs.map((path) => [path, statSync(path).mtimeMs]))));
}

async function withRolldown(): Promise<string[]> {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({ input: entry, platform: "node", logLevel: "silent" });
  await build.write({ file: code, format: "cjs", sourcemap: true });
  const inputs = await build.watchFiles;
  await build.close();
  return inputs.filter(existsSync);
}

async function withEsbuild(): Promise<string[]> {
  const { build } = await import("esbuild");
  const settings = { bundle: true, format: "cjs", platform: "node", sourcemap: true, metafile: true } as const;
  const { metafile } = await build({ ...settings, entryPoints: [entry], outfile: code, absWorkingDir: root });
  return Object.keys(metafile.inputs).map((path) => join(root, path));
}
