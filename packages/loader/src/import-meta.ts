import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

/** What `import.meta` offers in host code: where the source file stands, not where the bundle does. */
export interface SourceMeta {
  readonly url: string;
  readonly filename: string;
  readonly dirname: string;
}

const here = "import.meta";
// As long as what it replaces, so that no position in the file moves.
const call = "$firnHere()";

/** Makes the `import.meta` of a source file. */
export function metaOf(file: string): SourceMeta {
  return Object.freeze({ url: pathToFileURL(file).href, filename: file, dirname: dirname(file) });
}

/** Replaces each `import.meta` by a call that says where the source stands; nothing else moves. */
export function replaceImportMeta(
  code: string,
  file: string,
  spans: readonly { start: number; end: number }[],
): string {
  const exact = spans.filter(({ start, end }) => code.slice(start, end) === here);
  if (exact.length === 0) return code;
  let replaced = code;
  for (const { start, end } of exact) replaced = replaced.slice(0, start) + call + replaced.slice(end);
  return `${replaced}\nfunction $firnHere() { return $firnMeta(${JSON.stringify(file)}); }\n`;
}
