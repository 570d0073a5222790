import { DiagnosticError } from "@firn/diagnostic";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { buildGeneration, type GenerationToBuild } from "./build-generation.ts";
import { type Collected, collectGarbage } from "./collect-garbage.ts";
import { StorePaths, unfinished, unfinishedName } from "./store-paths.ts";
import { type Verification, type VerifyOptions, verifyStore } from "./verify-store.ts";

/** A folder of contents and generations. Any number of processes may use it at once. */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /** Finds the folder of a generation. */
  find(name: string): string | undefined;
  /** Names of all generations. */
  list(): readonly string[];
  /** Builds a generation, unless it is there; tells whether it had to. @throws DiagnosticError "store-failed" */
  build(generation: GenerationToBuild): boolean;
  /** Reads a content; undefined when the store does not have it. */
  read(hash: string): Buffer | undefined;
  /** Text of the manifest of a generation. */
  readManifest(name: string): string | undefined;
  /** Where the definitions of a generation stand: no part of it, and written anew by each build. */
  readOrigins(name: string): string | undefined;
  writeOrigins(name: string, text: string): void;
  verify(options: VerifyOptions): Verification;
  /** Removes all generations but some, and what only they had. */
  collect(keep: ReadonlySet<string>): Collected;
}

/** Opens a store; the folder is made when something is built. */
export function openStore(folder: string): Store {
  const paths = new StorePaths(folder);
  return {
    folder,
    find: (name) => (existsSync(paths.generation(name)) ? paths.generation(name) : undefined),
    list: () =>
      existsSync(paths.generations) ? readdirSync(paths.generations).filter((name) => !unfinished.test(name)) : [],
    build: (generation) => explainFailure(folder, () => buildGeneration(paths, generation)),
    read: (hash) => readIfThere(paths.object(hash, false)) ?? readIfThere(paths.object(hash, true)),
    readManifest: (name) => readIfThere(`${paths.generation(name)}/manifest.json`)?.toString(),
    readOrigins: (name) => readIfThere(paths.origin(name))?.toString(),
    writeOrigins: (name, text) => explainFailure(folder, () => writeWhole(paths.origin(name), text)),
    verify: (options) => verifyStore(paths, options),
    collect: (keep) => explainFailure(folder, () => collectGarbage(paths, keep)),
  };
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined; // What node:fs throws has a code.
    throw thrown;
  }
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const part = `${dirname(file)}/${unfinishedName()}`;
  writeFileSync(part, text);
  renameSync(part, file);
}

const fixes: { readonly [code: string]: string } = {
  ENOSPC: "Make room, for example with firn gc",
  EDQUOT: "Make room, for example with firn gc",
  EROFS: "Choose a folder that can be written",
  EACCES: "Run it as the user who owns that folder",
  EPERM: "Run it as the user who owns that folder",
  ENOTDIR: "Move away what is there instead of a folder",
};

function explainFailure<T>(folder: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    const { code = "", message } = thrown as NodeJS.ErrnoException; // What node:fs throws has a code.
    const fix = fixes[code];
    if (fix === undefined) throw thrown;
    const problem = { code: "store-failed", severity: "error", marks: [], fix, cause: thrown } as const;
    throw new DiagnosticError([{ ...problem, message: `Cannot write the store "${folder}"`, why: [message] }]);
  }
}
