import { basename } from "node:path/posix";
import { parseLinks } from "./source-imports.ts";
import type { SourceFile } from "./workspace-files.ts";
import { findOwner, isTest } from "./workspace-files.ts";

/** Checks that each source of the engine has a test, and returns a sentence for each one that has none. */
export function checkTests(sources: readonly SourceFile[]): string[] {
  const engine = sources.filter(({ path }) => findOwner(path)?.area === "packages");
  const tests = engine.filter(({ path }) => path.endsWith(".test.ts"));
  const beside = new Set(tests.map(({ path }) => path.replace(/\.test\.ts$/, ".ts")));
  return engine
    .filter(({ path }) => !isTest(path) && !path.endsWith("/src/index.ts") && !beside.has(path))
    .filter((source) => !isNamed(source, tests))
    .map(
      ({ path }) => `${path}: Cannot find a test: add one beside it, or name it or its exports in one of its package`,
    );
}

/** Is true for a source of types alone, and for one that a test of the same package names, or what it exports. */
function isNamed(source: SourceFile, tests: readonly SourceFile[]): boolean {
  const { values } = parseLinks(source);
  const folder = findOwner(source.path)?.folder;
  const words = new Set(
    tests
      .filter(({ path }) => findOwner(path)?.folder === folder)
      .flatMap(({ text }) => text.match(/[\w-]+\.ts\b|[\w$]+/g)),
  );
  return values.length === 0 || [...values, basename(source.path)].some((name) => words.has(name));
}
