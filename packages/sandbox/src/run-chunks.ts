import { capturePlace } from "@firn/diagnostic";
import { refuseAll, runTimeRequire } from "./refusal.ts";

/** What a host's code exports. */
export type Exports = Readonly<Record<string, unknown>>;

type Require = (specifier: unknown) => object;

/** A part of a bundle as the loader writes it. */
export type Chunk = (exports: object, require: Require, module: object) => void;

/** What the script of a bundle gives, called with what stands for `import.meta`. */
export type StartChunks = (metaOf: () => object) => Readonly<Record<string, Chunk>>;

/** A bundle whose parts can be run. */
export interface RunningChunks {
  /** Runs a part, once, and gives what it exports; throws what the code throws. */
  exportsOf(chunk: string): Exports;
}

/**
 * Starts a bundle; no host's code runs yet.
 *
 * @param shared namespaces of the modules that are not in the bundle, by the name they are imported by
 */
export function startChunks(start: StartChunks, shared: Readonly<Record<string, object>>): RunningChunks {
  const meta = refuseAll("import.meta");
  const chunks = start(() => meta);
  const given = new Map(Object.entries(shared).map(([specifier, namespace]) => [specifier, shareable(namespace)]));
  const loaded = new Map<string, () => object>();
  const requireModule: Require = (specifier) => {
    const name = showSpecifier(specifier);
    const found = given.get(name) ?? loadChunk(name.slice("./".length));
    if (found !== undefined) return found;
    throw runTimeRequire(name, capturePlace(requireModule));
  };
  const loadChunk = (file: string): object | undefined => {
    const chunk = Object.hasOwn(chunks, file) ? chunks[file] : undefined;
    if (chunk === undefined) return undefined;
    const once = loaded.get(file) ?? runOnce(chunk, requireModule);
    loaded.set(file, once);
    return once();
  };
  Object.freeze(requireModule);
  return { exportsOf: (chunk) => (loadChunk(chunk) ?? {}) as Exports }; // What a module exports can be anything.
}

function showSpecifier(specifier: unknown): string {
  return typeof specifier === "string" ? specifier : typeof specifier;
}

/** As with ES modules, code that threw throws the same again for whoever else imports it. */
function runOnce(chunk: Chunk, require: Require): () => object {
  const exports = {};
  let outcome: (() => object) | undefined;
  return () => {
    if (outcome === undefined) {
      outcome = () => exports;
      try {
        chunk(exports, require, { exports });
        // As with ES modules, nobody else can give an export another value.
        Object.freeze(exports);
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
  return Object.freeze(Object.create(Object.freeze({ ...namespace })) as object); // Object.create is typed as any.
}
