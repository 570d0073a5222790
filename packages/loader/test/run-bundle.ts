import { runInThisContext } from "node:vm";
import { type Diagnostic, isDiagnosticError } from "@firn/diagnostic";
import * as firn from "firn";
import * as zod from "zod";
import type { HostOutcome, LoadedBundle } from "@firn/loader";

/** Hosts that were run in this process, as only tests of the loader do it: their code is our own. */
export interface Loaded extends Omit<LoadedBundle, "hosts"> {
  readonly hosts: readonly {
    readonly name: string;
    readonly module?: firn.Module;
    readonly diagnostics: readonly Diagnostic[];
    /** What the code threw. */
    readonly thrown?: unknown;
  }[];
}

type Chunk = (exports: object, require: (name: string) => object, module: object) => void;

/** Runs the code of hosts and explains what became of each. */
export async function runBundle(bundle: LoadedBundle, names: readonly string[] = []): Promise<Loaded> {
  const text = `(function ($firnMeta) { "use strict"; return ${bundle.code}})`;
  const start = runInThisContext(text, { filename: bundle.name }) as (metaOf: () => object) => Record<string, Chunk>; // So loadBundle says.
  const chunks = start(() => ({ url: "no address" }));
  const loaded = new Map<string, object>([
    ["firn", firn],
    ["zod", zod],
  ]);
  const load = (specifier: string): object => {
    const exports = loaded.get(specifier) ?? {};
    if (loaded.has(specifier)) return exports;
    loaded.set(specifier, exports);
    chunks[specifier.slice("./".length)]?.(exports, load, { exports });
    return exports;
  };
  const failed = [...bundle.failures].map(([name, diagnostics]) => ({ name, diagnostics }));
  const ran = await Promise.all(
    bundle.hosts.map(async ({ name, chunk }) => {
      const { module, outcome, thrown } = settle(() => load(`./${chunk}`));
      return { name, ...(module && { module }), diagnostics: await bundle.explain(name, outcome), thrown };
    }),
  );
  const all = new Map([...failed, ...ran].map((host) => [host.name, host]));
  const order = names.length > 0 ? names : [...all.keys()];
  return { ...bundle, hosts: order.flatMap((name) => all.get(name) ?? []) };
}

interface Settled {
  readonly module?: firn.Module;
  readonly outcome: HostOutcome;
  readonly thrown?: unknown;
}

function settle(load: () => object): Settled {
  try {
    const exports = load();
    const value: unknown = Reflect.get(exports, "default");
    if (isModule(value)) return { module: value, outcome: { kind: "module" } };
    if (!("default" in exports)) return { outcome: { kind: "no-default", exported: Object.keys(exports) } };
    const kind =
      typeof value === "function" ? "a function" : Array.isArray(value) ? "a list" : `of type ${typeof value}`;
    return { outcome: { kind: "not-a-module", described: value === null ? "null" : kind } };
  } catch (thrown) {
    return { outcome: explain(thrown), thrown };
  }
}

function explain(thrown: unknown): HostOutcome {
  if (isDiagnosticError(thrown)) return { kind: "refused", diagnostics: thrown.diagnostics };
  if (!(thrown instanceof Error))
    return { kind: "threw", what: `It threw ${JSON.stringify(thrown)}, which is not an Error` };
  const { stack } = thrown;
  return { kind: "threw", what: `${thrown.name}: ${thrown.message}`, ...(stack !== undefined && { stack }) };
}

function isModule(value: unknown): value is firn.Module {
  return typeof value === "object" && value !== null && Symbol.for("firn.Module") in value;
}
