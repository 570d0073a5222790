// Usage: node tools/firn.mjs [ARGUMENT…]: runs the firn command of this repository, bundled when it changed.
process.argv.splice(2, 0, "packages/cli/src/main.ts", "packages/cli/dist/firn.mjs");
await import("./run.mjs");
