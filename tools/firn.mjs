// Usage: node tools/firn.mjs [ARGUMENT…]: runs the firn command of this repository, bundled when it changed.
import { firnCommand } from "./bundle.mjs";

process.argv.splice(2, 0, firnCommand.entry, firnCommand.out);
await import("./run.mjs");
