import { posix } from "node:path";
import { enginePackages } from "./layers.ts";
import { parseLinks } from "./source-imports.ts";
import type { SourceFile } from "./workspace-files.ts";
import { findOwner, isTest } from "./workspace-files.ts";

/** What tests run without importing it: the command, and the process that it starts, load these by the names of their bundles. */
const started = [
  "packages/cli/src/main.ts",
  "packages/sandbox/src/child-main.ts",
  "packages/sandbox/src/context-main.ts",
  "packages/sandbox/src/format-main.ts",
  "packages/sandbox/src/unit-main.ts",
  "packages/sandbox/src/zod-main.ts",
];

/**
 * Checks that a test loads each source of the engine: one that stands beside it,
 * or one that reaches it by imports, since tests go through public names and a
 * source that no public name needs is dead. Whether that test would notice a
 * mistake in it cannot be seen from imports.
 *
 * @returns a sentence for each source that no test reaches
 */
export function checkTests(sources: readonly SourceFile[]): string[] {
  const engine = new Map(
    sources.filter(({ path }) => findOwner(path)?.area === "packages").map((one) => [one.path, one]),
  );
  const reached = new Set<string>();
  const visit = (path: string): void => {
    const source = engine.get(path);
    if (source === undefined || reached.has(path)) return;
    reached.add(path);
    for (const { specifier } of parseLinks(source).imports) visit(resolve(specifier, path));
  };
  const tests = [...engine.keys()].filter((path) => path.endsWith(".test.ts"));
  for (const path of tests.length > 0 ? [...tests, ...started] : []) {
    visit(path);
    visit(path.replace(/\.test\.ts$/, ".ts"));
  }
  return [...engine.values()]
    .filter(
      (source) =>
        !isTest(source.path) &&
        !source.path.endsWith("/src/index.ts") &&
        !reached.has(source.path) &&
        parseLinks(source).values.length > 0,
    )
    .map(
      ({ path }) =>
        `${path}: Cannot find a test that reaches it: test what needs it through public names, or remove it`,
    );
}

function resolve(specifier: string, from: string): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  const isForTests = specifier.endsWith("/testing");
  const wanted = isForTests ? posix.dirname(specifier) : specifier;
  const folder = enginePackages.find(({ name }) => name === wanted)?.folder;
  return `packages/${folder}/src/${isForTests ? "testing" : "index"}.ts`;
}
