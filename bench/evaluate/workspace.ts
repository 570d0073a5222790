import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { rolldown } from "rolldown";
import type { Configuration } from "./configuration.ts";
import { renderFirn } from "./render-firn.ts";
import { renderFloor } from "./render-floor.ts";
import { renderNix } from "./render-nix.ts";

/** Where one configuration stands on disk, in every language. */
export interface Rendered {
  readonly nix: string;
  readonly flake: string;
  /** Scripts that evaluate it in a process of their own, and print what it took. */
  readonly inProcess: { readonly firn: string; readonly hand: string };
}

/** Writes the configuration in every language into a folder. */
export async function writeWorkspace(folder: string, configuration: Configuration): Promise<Rendered> {
  const flake = join(folder, "flake");
  const nix = join(folder, "nix");
  writeFiles(nix, renderNix(configuration));
  writeFiles(flake, renderFirn(configuration));
  writeFiles(folder, renderFloor(configuration));
  link(join(process.cwd(), "packages/firn"), join(flake, "node_modules/firn"));
  link(join(flake, "modules/bench"), join(flake, "hosts/bench/node_modules/@modules/bench"));
  writeFiles(folder, entries(process.cwd()));
  const inProcess = {
    firn: await bundle(folder, "in-process-firn"),
    hand: await bundle(folder, "in-process-hand"),
  };
  return { nix: join(nix, "default.nix"), flake, inProcess };
}

function entries(root: string): Map<string, string> {
  const here = join(root, "bench/evaluate");
  const firn = `import { evaluate } from "firn";
import host from "./flake/hosts/bench/src/index.ts";
import { measureHere } from "${here}/in-process.ts";
measureHere(() => {
  const { config, diagnostics } = evaluate({ modules: [host], name: "bench" });
  if (diagnostics.length > 0) throw new Error(diagnostics[0].message);
  return config;
});
`;
  const hand = `import { mergeByHand } from "${here}/floor.ts";
import modules from "./floor/index.js";
import { measureHere } from "${here}/in-process.ts";
measureHere(() => mergeByHand(modules));
`;
  return new Map([
    ["in-process-firn.ts", firn],
    ["in-process-hand.ts", hand],
  ]);
}

async function bundle(folder: string, name: string): Promise<string> {
  const file = join(folder, `${name}.cjs`);
  const firn = join(process.cwd(), "packages/firn/src/index.ts");
  const build = await rolldown({ input: join(folder, `${name}.ts`), platform: "node", resolve: { alias: { firn } } });
  await build.write({ file, format: "cjs" });
  await build.close();
  return file;
}

/** Links as pnpm would, without its start-up and network. */
function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}
