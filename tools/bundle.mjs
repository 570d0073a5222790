// Plain JavaScript, because it is what makes TypeScript run: Node 20 does not.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the workspace. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * The firn command: scripts and not modules, since V8 can keep those in compiled form.
 *
 * @type {Program}
 */
export const firnCommand = {
  entry: "packages/cli/src/start.ts",
  others: { main: "packages/cli/src/main.ts" },
  out: "packages/cli/dist/firn.cjs",
  format: "cjs",
  // Each stands alone, since the process that evaluates may read nothing else.
  parts: ["child", "engine", "zod", "unit", "format"].map((name) => ({
    entry: `packages/sandbox/src/${name === "engine" ? "context" : name}-main.ts`,
    out: `packages/cli/dist/evaluator/${name}/${name}.cjs`,
    format: "cjs",
    // Modules are of the types of the one engine.
    ...(name === "format" && { shared: ["firn"] }),
  })),
};

/**
 * A program: its source, the file to run, and what the latter loads by name.
 *
 * @typedef {{ entry: string, out: string, others?: Record<string, string>, format?: "esm" | "cjs", shared?: string[], parts?: Program[] }} Program
 */

/**
 * Bundles a TypeScript program into a folder of its own, unless what is there was made of the very same files.
 *
 * @param {Program} program the folder of its `out` holds nothing else
 * @returns {Promise<boolean>} whether it had to be bundled
 */
export async function bundle({ entry, others = {}, format = "esm", shared = [], parts = [], ...program }) {
  // The parts come first: what is there when the program is there is whole.
  await Promise.all(parts.map(bundle));
  const out = resolve(root, program.out);
  const stamp = `${out}.made-of.json`;
  if (existsSync(out) && isFresh(stamp)) return false;
  const { rolldown } = await import("rolldown");
  const start = Date.now();
  const build = await rolldown({
    input: Object.fromEntries(
      Object.entries({ ...others, [nameOf(out)]: entry }).map(([name, path]) => [name, resolve(root, path)]),
    ),
    cwd: root,
    platform: "node",
    external: [/^(node:|rolldown$|rolldown\/)/, ...shared],
  });
  const { output } = await build.generate({
    format,
    strict: format === "cjs",
    entryFileNames: `[name]${extname(out)}`,
    chunkFileNames: `[name]-[hash]${extname(out)}`,
    sourcemap: true,
  });
  mkdirSync(dirname(out), { recursive: true });
  // The entry is written last, so that whatever it imports is there.
  for (const file of output.toReversed()) {
    writeWhole(join(dirname(out), file.fileName), file.type === "asset" ? file.source : withImports(file.code, format));
  }
  // Not the modules of the output: a module whose constants were put where they are used is none of them.
  const inputs = (await build.watchFiles).filter(existsSync);
  await build.close();
  writeWhole(stamp, JSON.stringify(describe(inputs, start), undefined, 1));
  const names = output.map((file) => file.fileName);
  removeOthers(out, names);
  return true;
}

/**
 * A script that V8 keeps compiled cannot say `import()` by itself: src/cached-script.ts of the cli gives it the function.
 *
 * @param {string} code
 * @param {string} format
 */
function withImports(code, format) {
  return format === "cjs" ? code.replaceAll(/\bawait import\(/g, "await importOutside(") : code;
}

/** @param {string} out */
function nameOf(out) {
  return basename(out, extname(out));
}

/** @param {string} stamp */
function isFresh(stamp) {
  try {
    const made = JSON.parse(readFileSync(stamp, "utf8"));
    return Object.entries(made).every(([path, version]) => versionOf(path) === version);
  } catch {
    return false;
  }
}

/**
 * The files a bundle was made of, and those that decide which files these are.
 *
 * @param {string[]} inputs
 * @param {number} start when they were read at the earliest, in milliseconds
 */
function describe(inputs, start) {
  const manifests = new Set(inputs.filter((path) => !path.includes("node_modules")).map(manifestOf));
  const paths = [...inputs, ...manifests, join(root, "pnpm-lock.yaml"), fileURLToPath(import.meta.url)];
  const versions = paths.map((path) => [relative(root, path), versionOf(relative(root, path), start)]);
  return Object.fromEntries(versions);
}

/** @type {(path: string) => string} */
function manifestOf(path) {
  const folder = dirname(path);
  return existsSync(join(folder, "package.json")) ? join(folder, "package.json") : manifestOf(folder);
}

/**
 * @param {string} path relative to the root
 * @param {number} [before] time from which on a change may have come too late to be read
 */
function versionOf(path, before = Infinity) {
  const { mtimeMs, size } = statSync(join(root, path));
  return mtimeMs < before ? `${mtimeMs} ${size}` : "changed meanwhile";
}

/**
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function writeWhole(path, content) {
  const beside = `${path}.${process.pid}`;
  writeFileSync(beside, content);
  renameSync(beside, path);
}

/**
 * @param {string} out
 * @param {string[]} kept
 */
function removeOthers(out, kept) {
  const names = new Set(kept);
  const stale = readdirSync(dirname(out)).filter((name) => /\.(mjs|cjs|map|v8)$/.test(name) && !names.has(name));
  for (const name of stale) rmSync(join(dirname(out), name), { force: true });
}
