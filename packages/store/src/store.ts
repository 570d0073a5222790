import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { buildGeneration, type GenerationToBuild, whileCollected } from "./build-generation.ts";
import { type Collected, collectGarbage } from "./collect-garbage.ts";
import { type Hold, holdContents } from "./hold-contents.ts";
import { keepContent, receiveContent } from "./receive-content.ts";
import { explainFailure, explainStoreFailure } from "./store-failure.ts";
import { StorePaths, unfinished, unfinishedName } from "./store-paths.ts";
import { type Verification, type VerifyOptions, verifyStore } from "./verify-store.ts";

/** A folder of contents and generations. Any number of processes may use it at once. */
export interface Store {
  /** Absolute path. */
  readonly folder: string;
  /** The same, as the machine sees it that the store is for: another in a folder that stands for one. */
  readonly seenAs: string;
  /** Finds the folder of a generation. */
  find(name: string): string | undefined;
  /** Names of all generations. */
  list(): readonly string[];
  /** Builds a generation, unless it is there; tells whether it had to. @throws DiagnosticError "store-failed" */
  build(generation: GenerationToBuild): boolean;
  /** Reads a content; undefined when the store does not have it. */
  read(hash: string): Buffer | undefined;
  /** Finds the file of a content: an absolute path, which a collection may take unless the content is held. */
  findContent(hash: string): string | undefined;
  /** Names a file, not there yet, in which a content can arrive. What is left of it when the process dies is swept. @throws DiagnosticError "store-failed" */
  receive(): string;
  /**
   * Makes a file that `receive` named a content, so that it outlives a power cut.
   * Whoever wrote the file has hashed what was written: it is not read again. Any
   * number of processes may keep the same content at once.
   *
   * @throws DiagnosticError "store-failed"
   */
  keep(file: string, hash: string): Promise<void>;
  /** Keeps contents from being collected between their arrival and the generation that has them. @throws DiagnosticError "store-failed" */
  hold(hashes: Iterable<string>): Hold;
  /** Text of the manifest of a generation. */
  readManifest(name: string): string | undefined;
  /** Where the definitions of a generation stand: no part of it, and written anew by each build. */
  readOrigins(name: string): string | undefined;
  writeOrigins(name: string, text: string): void;
  verify(options: VerifyOptions): Verification;
  /** Removes all generations but some, and what only they had. */
  collect(keep: ReadonlySet<string>): Collected;
}

/** Opens a store; the folder is made when something is built. @param seenAs the folder as the machine sees it that the store is for */
export function openStore(folder: string, seenAs: string = folder): Store {
  const paths = new StorePaths(folder);
  return {
    folder,
    seenAs,
    find: (name) => (existsSync(paths.generation(name)) ? paths.generation(name) : undefined),
    list: () =>
      existsSync(paths.generations) ? readdirSync(paths.generations).filter((name) => !unfinished.test(name)) : [],
    build: (generation) => explainFailure(folder, () => buildGeneration(paths, generation)),
    read: (hash) => readIfThere(paths.object(hash, false)) ?? readIfThere(paths.object(hash, true)),
    findContent: (hash) => [false, true].map((kind) => paths.object(hash, kind)).find((file) => existsSync(file)),
    receive: () => explainFailure(folder, () => receiveContent(paths)),
    keep: (file, hash) =>
      keepContent(paths, file, hash).catch((thrown: unknown) => {
        throw explainStoreFailure(folder, thrown);
      }),
    hold: (hashes) => explainFailure(folder, () => holdContents(paths, hashes)),
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
  const part = `${dirname(file)}/${unfinishedName()}`;
  whileCollected(() => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(part, text);
  });
  renameSync(part, file);
}
