import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** What the program does: it reads a scope and a question, and prints what is there. */
const program = `
import { readFileSync } from "node:fs";
import { readActual } from "./read-actual.ts";
console.log(JSON.stringify(await readActual(...JSON.parse(readFileSync(0, "utf8")))));
`;

/** Makes a program of readActual that every user may run, in a new folder; whoever calls it removes that folder. */
export async function buildReader(): Promise<{ readonly folder: string; readonly program: string }> {
  const folder = mkdtempSync(join(tmpdir(), "firn-reader-"));
  const outfile = join(folder, "reader.mjs");
  await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "error",
  });
  chmodSync(folder, 0o755);
  chmodSync(outfile, 0o644);
  return { folder, program: outfile };
}
