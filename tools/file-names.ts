import type { SourceFile } from "./workspace-files.ts";

/** Names that say where things were put, not what they are. */
const vagueNames = new Set(["common", "helper", "helpers", "misc", "shared", "types", "util", "utils"]);

/** Checks the names of files and folders, and returns a sentence for each one that names no concept. */
export function checkFileNames(sources: readonly Pick<SourceFile, "path">[]): string[] {
  return sources.flatMap(({ path }) => {
    const names = path.split("/").map((part) => part.replace(/(\.test)?\.ts$/, ""));
    const vague = names.find((name) => vagueNames.has(name));
    if (vague) return [`${path}: Cannot call something "${vague}": name the concept`];
    const odd = names.find((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name));
    return odd ? [`${path}: Cannot call something "${odd}": small letters, digits and single hyphens make a name`] : [];
  });
}
