import type { Diagnostic } from "@firn/diagnostic";
import type { OutputChunk, RolldownOptions } from "rolldown";
import { type BundlerProblem, explainBuildProblem } from "./build-problem.ts";
import { type Bundle, type ChunkMap, joinChunks } from "./bundle.ts";
import { type BundleInputs, listInputs } from "./bundle-inputs.ts";
import type { HostEntry } from "./host-entry.ts";
import { findUnfinishedImports } from "./import-cycle.ts";
import { InputBoundary } from "./input-boundary.ts";
import { exportConditions } from "./package-manifest.ts";
import { loadParser } from "./source-parser.ts";
import { SourceReader } from "./source-reader.ts";

/** What a build needs to know beside its hosts. */
export interface BuildOptions {
  /** The flake's folder. */
  readonly root: string;
  /** Further folders whose files host code may be made of: those of the inputs. */
  readonly inputFolders: readonly string[];
  /** Names of the modules that host code shares with this process. */
  readonly shared: readonly string[];
}

/** A bundle, or why there is none. */
export interface BuiltBundle {
  readonly bundle?: Bundle;
  readonly diagnostics: readonly Diagnostic[];
  /** Lists the files that a file imports, so that problems can be told to the hosts they concern. */
  importsOf(file: string): readonly string[];
}

/** Bundles hosts with all that they import. */
export async function buildBundle(hosts: readonly HostEntry[], options: BuildOptions): Promise<BuiltBundle> {
  const startedAt = Date.now();
  const parse = await loadParser();
  const reader = new SourceReader({ roots: [options.root, ...options.inputFolders], parse });
  const boundary = new InputBoundary({ root: options.root, sources: reader.sources, parse });
  const problems: BundlerProblem[] = [];
  const cycles: (readonly string[])[] = [];
  const chunks = await runBundler(hosts, {
    ...settingsFor(options),
    plugins: [reader.plugin(), boundary.plugin()],
    onLog(_level, log) {
      if (log.code === "UNRESOLVED_IMPORT") problems.push(log);
      if (log.code === "CIRCULAR_DEPENDENCY" && log.ids !== undefined) cycles.push(log.ids);
    },
  }).catch((error: unknown) => {
    problems.push(...problemsIn(error));
    return [];
  });
  const order = chunks.flatMap(({ moduleIds }) => moduleIds);
  const diagnostics = [
    ...problems.map((problem) => explainBuildProblem(problem, options)),
    ...mergeRefusals(boundary.diagnostics, reader.diagnostics),
    ...findUnfinishedImports({ cycles, order, sources: reader.sources, parse }),
  ];
  const importsOf = (file: string): readonly string[] => reader.importsOf(file);
  if (diagnostics.length > 0) return { diagnostics, importsOf };
  const inputs = await listInputs(reader, options.root, startedAt);
  return { bundle: makeBundle(hosts, chunks, inputs), diagnostics: [], importsOf };
}

/** Of two refusals of one import, that of the boundary says more. */
function mergeRefusals(preferred: readonly Diagnostic[], others: readonly Diagnostic[]): Diagnostic[] {
  const placeOf = ({ marks }: Diagnostic): string => JSON.stringify(marks[0]?.place.position);
  const places = new Set(preferred.map(placeOf));
  return [...preferred, ...others.filter((other) => other.code !== "impure-import" || !places.has(placeOf(other)))];
}

function settingsFor({ root, shared }: BuildOptions): RolldownOptions {
  return {
    cwd: root,
    platform: "neutral",
    external: [...shared],
    // The flake's own code runs whole, so that it behaves as it would unbundled.
    treeshake: false,
    // Exact imports only: what a file means must not depend on files that are not there yet.
    resolve: { extensions: [], mainFiles: [], mainFields: ["main"], conditionNames: exportConditions },
    tsconfig: false,
    checks: { circularDependency: true },
  };
}

async function runBundler(hosts: readonly HostEntry[], settings: RolldownOptions): Promise<OutputChunk[]> {
  const { rolldown } = await import("rolldown");
  // Chunks find each other by names without folders; that of a package is its folder.
  const input = Object.fromEntries(
    hosts.map(({ name, entry }, index) => [name.includes("/") ? `package-${index}` : name, entry]),
  );
  const build = await rolldown({ ...settings, input });
  try {
    const { output } = await build.generate({
      dir: settings.cwd ?? ".",
      format: "cjs",
      exports: "named",
      sourcemap: true,
      sourcemapExcludeSources: true,
      comments: false,
      entryFileNames: "[name].host",
      chunkFileNames: "[hash].shared",
    });
    return output.filter((part) => part.type === "chunk");
  } finally {
    await build.close();
  }
}

/** The bundler throws one error that carries all problems. */
function problemsIn(error: unknown): BundlerProblem[] {
  const errors: unknown = (error as { errors?: unknown }).errors; // Any thrown object can be asked for a field.
  if (Array.isArray(errors)) return errors as BundlerProblem[]; // So rolldown's BundleError says.
  throw error;
}

function makeBundle(hosts: readonly HostEntry[], chunks: readonly OutputChunk[], inputs: BundleInputs): Bundle {
  const { code, lines } = joinChunks(chunks);
  const maps = JSON.stringify(chunks.flatMap((chunk, index) => chunkMap(chunk, lines[index] ?? 0)));
  return { code, chunks: chunksByHost(hosts, chunks), ...inputs, maps: () => maps };
}

/** A chunk of empty files has no map. */
function chunkMap({ map }: OutputChunk, line: number): ChunkMap[] {
  if (map === null) return [];
  const { version, sources, names, mappings } = map;
  return [{ line, map: { version, sources, names, mappings } }];
}

function chunksByHost(hosts: readonly HostEntry[], chunks: readonly OutputChunk[]): Record<string, string> {
  const byEntry = new Map(chunks.map(({ facadeModuleId, fileName }) => [facadeModuleId, fileName]));
  return Object.fromEntries(hosts.map(({ name, entry }) => [name, byEntry.get(entry) ?? ""]));
}
