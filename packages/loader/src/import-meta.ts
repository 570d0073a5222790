const here = "import.meta";
// As long as what it replaces, so that no position in the file moves.
const call = "$firnMeta()";

// Where the sources stand differs from machine to machine, so that host code may
// not know: whoever runs it gives `$firnMeta`, which refuses any use.

/** Replaces each `import.meta` by a call of what the runner of the bundle gives; nothing moves. */
export function replaceImportMeta(code: string, spans: readonly { start: number; end: number }[]): string {
  const exact = spans.filter(({ start, end }) => code.slice(start, end) === here);
  let replaced = code;
  for (const { start, end } of exact) replaced = replaced.slice(0, start) + call + replaced.slice(end);
  return replaced;
}
