import { parseLinks } from "./source-imports.ts";
import type { SourceFile } from "./workspace-files.ts";
import { findOwner } from "./workspace-files.ts";

/** Checks that each source of the engine has a test, and returns a sentence for each one that has none. */
export function checkTests(sources: readonly SourceFile[]): string[] {
  const engine = sources.filter(({ path }) => findOwner(path)?.area === "packages");
  const tests = engine.filter(({ path }) => path.endsWith(".test.ts"));
  const beside = new Set(tests.map(({ path }) => path.replace(/\.test\.ts$/, ".ts")));
  return engine
    .filter(({ path }) => !path.endsWith(".test.ts") && !/\/src\/(index|testing)\.ts$/.test(path) && !beside.has(path))
    .filter((source) => !isNamed(source, tests))
    .map(({ path }) => `${path}: Cannot find a test: add one beside it, or name what it exports in one of its package`);
}

/** Is true for a source of types alone, and for one whose exports a test of the same package names. */
function isNamed(source: SourceFile, tests: readonly SourceFile[]): boolean {
  const { values } = parseLinks(source);
  const folder = findOwner(source.path)?.folder;
  const words = new Set(
    tests.filter(({ path }) => findOwner(path)?.folder === folder).flatMap(({ text }) => text.match(/[\w$]+/g)),
  );
  return values.length === 0 || values.some((name) => words.has(name));
}
