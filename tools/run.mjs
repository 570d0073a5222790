// Usage: node tools/run.mjs ENTRY OUT [ARGUMENT…]: runs a TypeScript program of this repository, bundled when it changed.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle, firnCommand, root } from "./bundle.mjs";

const [entry = "", out = ""] = process.argv.splice(2, 2).map((path) => resolve(root, path));
const program = out === resolve(root, firnCommand.out) ? firnCommand : { entry, out };

/** Says whether the program is there to be run. */
async function prepare() {
  if (!existsSync(entry)) return fail(`Cannot find the program "${entry}"`);
  try {
    await bundle(program);
    return true;
  } catch (error) {
    return fail(`Cannot bundle "${entry}"\n${error instanceof Error ? error.message : error}`);
  }
}

/** @param {string} problem */
function fail(problem) {
  console.error(problem);
  process.exitCode = 1;
  return false;
}

if (await prepare()) {
  // The program sees its own name, as if it had been started directly.
  process.argv[1] = out;
  await import(pathToFileURL(out).href);
}
