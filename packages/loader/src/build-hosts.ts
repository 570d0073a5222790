import type { Diagnostic } from "@firn/diagnostic";
import { buildBundle, type BuildOptions, type BuiltBundle } from "./build-bundle.ts";
import type { Bundle } from "./bundle.ts";
import type { HostEntry } from "./host-entry.ts";

/** A bundle of the hosts that can be built, and the problems of the others by host name. */
export interface BuiltHosts {
  readonly bundle?: Bundle;
  readonly failures: ReadonlyMap<string, readonly Diagnostic[]>;
}

/**
 * Bundles hosts together. When that fails, the hosts that reach a file with a
 * problem are left out and the others are bundled again, so that one broken
 * host does not hide the rest.
 */
export async function buildHosts(hosts: readonly HostEntry[], options: BuildOptions): Promise<BuiltHosts> {
  const failures = new Map<string, readonly Diagnostic[]>();
  let rest = hosts;
  while (rest.length > 0) {
    const built = await buildBundle(rest, options);
    if (built.bundle !== undefined) return { bundle: built.bundle, failures };
    for (const [name, diagnostics] of blame(rest, built)) failures.set(name, diagnostics);
    rest = rest.filter(({ name }) => !failures.has(name));
  }
  return { failures };
}

/** Tells each host its problems; when no host reaches any, all of them get all, so that every failed build blames somebody. */
function blame(hosts: readonly HostEntry[], built: BuiltBundle): [string, readonly Diagnostic[]][] {
  const blamed = hosts.flatMap(({ name, entry }): [string, readonly Diagnostic[]][] => {
    const reached = reachableFrom(entry, built);
    const own = built.diagnostics.filter((diagnostic) => reached.has(fileOf(diagnostic) ?? ""));
    return own.length === 0 ? [] : [[name, own]];
  });
  return blamed.length > 0 ? blamed : hosts.map(({ name }) => [name, built.diagnostics]);
}

function fileOf({ marks }: Diagnostic): string | undefined {
  return marks[0]?.place.position?.file;
}

function reachableFrom(entry: string, { importsOf }: BuiltBundle): Set<string> {
  const reached = new Set([entry]);
  for (const file of reached) for (const imported of importsOf(file)) reached.add(imported);
  return reached;
}
