// Usage: node tools/run.mjs ENTRY OUT [ARGUMENT…]: runs a TypeScript program of this repository, bundled when it changed.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundle, root } from "./bundle.mjs";

const [entry = "", out = ""] = process.argv.splice(2, 2).map((path) => resolve(root, path));
if (existsSync(entry)) {
  await bundle({ entry, out });
  // The program sees its own name, as if it had been started directly.
  process.argv[1] = out;
  await import(pathToFileURL(out).href);
} else {
  console.error(`Cannot run "${entry}", which does not exist yet`);
  process.exitCode = 1;
}
