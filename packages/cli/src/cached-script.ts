import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

const folder = import.meta.dirname;
const requireOutside = createRequire(import.meta.filename);
const loaded = new Map<string, Loaded>();

interface Loaded {
  readonly exports: object;
  readonly script: Script;
  /** Whether V8 had a compiled form to start from. */
  readonly wasCached: boolean;
}

/**
 * Runs a script of the bundle with V8's compiled form of it, which halves the
 * start of the command. The form is kept beside the script at the first exit,
 * when all functions that the command needs have been compiled; where the
 * folder cannot be written the command is only slower.
 *
 * @param file name of the script, beside this one
 */
export function runCached(file: string): void {
  process.once("exit", keepCompiled);
  requireCached(file);
}

function requireCached(file: string): object {
  const known = loaded.get(file);
  if (known !== undefined) return known.exports;
  const path = join(folder, file);
  const cache = cacheOf(file);
  const cachedData = existsSync(cache) ? readFileSync(cache) : undefined;
  const script = new Script(
    `(function (exports, require, module, __filename, __dirname, importOutside) {${readFileSync(path, "utf8")}\n})`,
    {
      filename: path,
      ...(cachedData && { cachedData }),
    },
  );
  const module = { exports: {} };
  loaded.set(file, {
    exports: module.exports,
    script,
    wasCached: cachedData !== undefined && script.cachedDataRejected !== true,
  });
  // The parameters that Node.js gives to a script, and `import`, which such a script cannot call by itself.
  const run = script.runInThisContext() as (...parameters: unknown[]) => void;
  run(module.exports, requireEither, module, path, folder, importOutside);
  return module.exports;
}

function requireEither(specifier: string): unknown {
  return specifier.startsWith("./") ? requireCached(specifier.slice("./".length)) : requireOutside(specifier);
}

function importOutside(specifier: string): Promise<unknown> {
  return import(specifier);
}

function cacheOf(file: string): string {
  return join(folder, `${file}.${process.version}-${process.arch}.v8`);
}

function keepCompiled(): void {
  for (const [file, { script, wasCached }] of loaded) if (!wasCached) writeCache(cacheOf(file), script);
}

function writeCache(path: string, script: Script): void {
  try {
    const beside = `${path}.${process.pid}`;
    writeFileSync(beside, script.createCachedData());
    renameSync(beside, path);
  } catch {
    // An installation that cannot be written works without.
  }
}
