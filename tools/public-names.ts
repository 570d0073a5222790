import { parseLinks } from "./source-imports.ts";
import type { SourceFile } from "./workspace-files.ts";
import { findOwner } from "./workspace-files.ts";

/** Checks that what a package offers is listed name by name, and returns a sentence for each list that is not. */
export function checkPublicNames(sources: readonly SourceFile[]): string[] {
  return sources.filter(isPublicList).flatMap((source) =>
    parseLinks(source)
      .imports.filter(({ all }) => all)
      .map(({ line, specifier }) => `${source.path}:${line}: Cannot export all of "${specifier}": list its names`),
  );
}

function isPublicList({ path }: SourceFile): boolean {
  return findOwner(path)?.area === "packages" && /\/src\/(index|testing)\.ts$/.test(path);
}
