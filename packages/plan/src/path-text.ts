/** Directory of an absolute path; "/" for one below it, and for itself. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf("/")));
}

/** Directories that lead to a path, the nearest first, "/" left out. */
export function ancestorsOf(path: string): string[] {
  const found: string[] = [];
  for (let above = directoryOf(path); above !== "/"; above = directoryOf(above)) found.push(above);
  return found;
}

/** Writes the way from a directory to a path, both absolute. */
export function relativePath(from: string, to: string): string {
  const [start, end] = [from, to].map((path) => path.split("/").filter((part) => part !== "")) as [string[], string[]]; // One for each.
  let common = 0;
  while (common < start.length && start[common] === end[common]) common++;
  return [...start.slice(common).map(() => ".."), ...end.slice(common)].join("/");
}

/** Compares paths so that a directory comes before what is in it. */
export function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : Number(a.path > b.path);
}
