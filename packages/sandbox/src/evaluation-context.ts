import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, Script } from "node:vm";
import { plainNames, refusedNames, tamedNames } from "./guarded-names.ts";
import { scriptOf } from "./shared-modules.ts";
import type * as contextMain from "./context-main.ts";

/** A context in which host code can run, and nothing of this process can be reached. */
export interface EvaluationContext {
  /** Loads a module that host code may import. */
  share(name: string): void;
  /** Gives V8's compiled form of each script that was loaded, with all functions that have run so far. */
  compileScripts(): Buffer[];
  /** Starts a bundle; no host's code runs yet. */
  start(bundle: BundleScript): StartedBundle;
}

/** The script of a bundle. */
export interface BundleScript {
  readonly name: string;
  readonly code: string;
  readonly compiled: Uint8Array | undefined;
}

/** A bundle that can be asked. */
export interface StartedBundle {
  /** Gives the JSON text that the context answers with; undefined when it threw instead. */
  ask(request: string): string | undefined;
  /** Whether V8 could use the compiled form it was given. */
  readonly usedCompiled: boolean;
  /** Gives V8's compiled form with all functions that have run so far. */
  compile(): Buffer;
}

// As long as there is a process to ask.
const suffix = `${process.version}-${process.arch}.v8`;

/** Opens a context with the engine in it, from the scripts in a folder. */
export function openContext(folder: string): EvaluationContext {
  const scope = createContext(Object.create(null) as object, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: "afterEvaluate",
  });
  const scripts: Script[] = [];
  const run = (name: string, parameters: readonly string[]): unknown => {
    const file = join(folder, name, `${name}.cjs`);
    const cachedData = readIfThere(`${file}.${suffix}`);
    const text = `(function (given) { "use strict"; return (function (exports, ${parameters.join(", ")}) {${readFileSync(file, "utf8")}\nreturn exports; })({}, ${parameters.map((each) => `given("${each}")`).join(", ")}) })`;
    const script = new Script(text, { filename: `firn:${name}`, ...(cachedData && { cachedData }) });
    scripts.push(script);
    return script.runInContext(scope);
  };
  const lookUp = new Script("(name) => globalThis[name]").runInContext(scope) as (name: string) => unknown;
  const openEngine = run("engine", [...plainNames, "Date", "Error", "Function"]) as (
    look: typeof lookUp,
  ) => typeof contextMain; // So its source says.
  const engine = openEngine(lookUp);
  const { ask, given, seal, share, start } = engine;
  seal();
  return {
    compileScripts: () => scripts.map((script) => script.createCachedData()),
    share(name) {
      const open = run(scriptOf(name), [...plainNames, ...tamedNames, "require"]) as (look: typeof given) => object; // As above.
      share(name, open(given));
    },
    start(bundle) {
      const script = compileBundle(bundle);
      start(script.runInContext(scope) as Parameters<typeof start>[0]);
      return {
        usedCompiled: bundle.compiled !== undefined && script.cachedDataRejected === false,
        compile: () => stampCompiled(script.createCachedData()),
        ask(request) {
          try {
            const answer: unknown = ask(request);
            return typeof answer === "string" ? answer : undefined;
          } catch {
            return undefined; // What was thrown belongs to the context: it is not looked at.
          }
        },
      };
    },
  };
}

const hostNames = [...plainNames, ...refusedNames, ...tamedNames];
// Constants, so that no module gives a name another meaning for the others; in a
// sloppy function, since in a strict one nothing can be called eval.
const before = `(function ($firnGiven) { const ${hostNames.map((name) => `${name} = $firnGiven("${name}")`).join(", ")}; return (function ($firnMeta) { "use strict"; return `;
const after = "; }); })";

function compileBundle({ name, code, compiled }: BundleScript): Script {
  const cachedData = compiled && readStamped(compiled);
  return new Script(`${before}${code}${after}`, { filename: name, ...(cachedData && { cachedData }) });
}

// V8 compares no more than the length of a script with its compiled form. That the
// code is the one it was made of is the concern of who stores both; the rest of
// the script goes before it.
const stamp = Buffer.from(before + after);

function stampCompiled(compiled: Buffer): Buffer {
  return Buffer.concat([stamp, compiled]);
}

function readStamped(stamped: Uint8Array): Buffer | undefined {
  const bytes = Buffer.from(stamped.buffer, stamped.byteOffset, stamped.byteLength);
  return bytes.subarray(0, stamp.length).equals(stamp) ? bytes.subarray(stamp.length) : undefined;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
