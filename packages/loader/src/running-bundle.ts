import { Script } from "node:vm";
import { crc32 } from "node:zlib";
import { capturePlace, DiagnosticError } from "@firn/diagnostic";
import type { Bundle } from "./bundle.ts";
import { guardedGlobals } from "./impure-global.ts";
import { metaOf } from "./import-meta.ts";
import { runTimeRequire } from "./impure-import.ts";

/** Modules that host code shares with this process, by the name it imports them by. */
export type SharedModules = Readonly<Record<string, object>>;

/** A bundle in this process. */
export interface RunningBundle {
  /** The file name that stands for it in stacks. */
  readonly name: string;
  /** Runs a host's code, once, and gives what it exports; throws what the code throws. */
  exportsOf(host: string): Readonly<Record<string, unknown>>;
  /** Whether V8 could use the compiled form it was given. */
  readonly usedCompiled: boolean;
  /** Gives V8's compiled form with all functions that have run so far. */
  compile(): Buffer;
}

/** What a bundle runs with. */
export interface RunOptions {
  readonly shared: SharedModules;
  readonly compiled: Buffer | undefined;
}

type Exports = Record<string, unknown>;
type Require = (specifier: unknown) => object;
type Chunk = (exports: Exports, require: Require, module: object) => void;

/** Starts a bundle; no host's code runs yet. `import()` in it is refused by V8, since no callback for it is given. */
export function startBundle(bundle: Bundle, { shared, compiled }: RunOptions): RunningBundle {
  // V8 shows the name that code was first compiled under, whatever it is given with the compiled form: so the name follows from the code.
  const name = `firn:bundle/${crc32(bundle.code).toString(16)}`;
  const script = new Script(bundle.code, { filename: name, ...(compiled !== undefined && { cachedData: compiled }) });
  const start = script.runInThisContext() as (...parameters: unknown[]) => Record<string, Chunk>; // joinChunks made it.
  const chunks = start(metaOf, ...guardedGlobals());
  const given = new Map(Object.entries(shared).map(([specifier, namespace]) => [specifier, shareable(namespace)]));
  const loaded = new Map<string, () => Exports>();
  const requireModule: Require = (specifier) => {
    const found = given.get(String(specifier)) ?? loadChunk(String(specifier).slice("./".length));
    if (found !== undefined) return found;
    const place = { capture: capturePlace(requireModule) };
    throw new DiagnosticError([runTimeRequire(specifier, { role: "required here", place })]);
  };
  const loadChunk = (file: string): Exports | undefined => {
    const chunk = Object.hasOwn(chunks, file) ? chunks[file] : undefined;
    if (chunk === undefined) return undefined;
    const once = loaded.get(file) ?? runOnce(chunk, requireModule);
    loaded.set(file, once);
    return once();
  };
  return {
    name,
    exportsOf: (host) => loadChunk(bundle.chunks[host] ?? "") ?? {},
    usedCompiled: compiled !== undefined && script.cachedDataRejected === false,
    compile: () => script.createCachedData(),
  };
}

/** As with ES modules, code that threw throws the same again for whoever else imports it. */
function runOnce(chunk: Chunk, require: Require): () => Exports {
  const exports: Exports = {};
  let outcome: (() => Exports) | undefined;
  return () => {
    if (outcome === undefined) {
      outcome = () => exports;
      try {
        chunk(exports, require, { exports });
      } catch (error) {
        outcome = () => {
          throw error;
        };
      }
    }
    return outcome();
  };
}

/**
 * Makes what `require` gives for a shared module: an object that inherits all
 * exports. The bundler copies a module's own properties, one getter each, for
 * `import * as name`; an object without own properties costs nothing there.
 */
function shareable(namespace: object): object {
  return Object.create({ ...namespace }) as object; // Object.create is typed as any.
}
