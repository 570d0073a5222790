import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { rolldown } from "rolldown";
import { createFolder, type TemporaryFlake, writeAll } from "./temporary-flake.ts";

const execute = promisify(execFile);

const program = `import { findFlake, loadBundle } from "@firn/loader";
const [from, cacheDirectory] = process.argv.slice(2);
const bundle = await loadBundle(findFlake(from).flake, ["web"], { shared: ["firn"], cacheDirectory });
bundle.keepCompiled(undefined);
console.log(/name: "(\\w+)/.exec(bundle.code)?.[1] ?? [...bundle.failures.values()][0]?.[0]?.code, bundle.fromCache ? "stored" : "built");
`;

/** Packages that only a build may need. */
const tools = ["rolldown", "tinyglobby", "yaml"];

/** A program that loads the code of the host "web" in a process of its own, and says its name and whether it was stored. */
export interface LoaderProgram {
  run(flake: TemporaryFlake): Promise<string>;
}

/** How to make the program. */
export interface ProgramOptions {
  /** Whether it finds what a build needs. */
  readonly hasTools: boolean;
}

/** Bundles the program, so that it runs without a TypeScript loader. */
export async function createProgram({ hasTools }: ProgramOptions): Promise<LoaderProgram> {
  const folder = createFolder();
  writeAll(folder, { "main.ts": program });
  mkdirSync(`${folder}/node_modules`);
  for (const tool of hasTools ? tools : [])
    symlinkSync(pathOf(`../node_modules/${tool}`), `${folder}/node_modules/${tool}`);
  const build = await rolldown({
    input: `${folder}/main.ts`,
    platform: "node",
    external: [/^rolldown/, ...tools],
    resolve: { alias: { "@firn/loader": pathOf("../src/index.ts"), firn: pathOf("../../firn/src/index.ts") } },
  });
  await build.write({ dir: folder, format: "esm", entryFileNames: "main.mjs", chunkFileNames: "[name].mjs" });
  await build.close();
  return {
    async run({ root, cacheDirectory }) {
      const { stdout } = await execute(process.execPath, [`${folder}/main.mjs`, root, cacheDirectory]);
      return stdout.trim();
    },
  };
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
