import { InternalError } from "@firn/diagnostic";
import type { ActualQuestion } from "@firn/plan";

/**
 * Lists all paths that a question is about, each once: those asked for, and
 * before each what leads to it.
 *
 * @throws InternalError for a path that is not absolute and normal
 */
export function listAskedPaths({ paths, contents }: ActualQuestion): string[] {
  const listed = new Set<string>(["/"]);
  for (const path of [...paths, ...contents]) addWithAncestors(listed, path);
  return [...listed];
}

/** Says which folder holds a path that is absolute and normal; its own for "/". */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 1));
}

/** Absolute, and every name in it is one: neither empty nor a dot or two. */
const normalPath = /^(?:\/(?!\.{1,2}(?:\/|$))[^/\0]+)+$/;

function addWithAncestors(listed: Set<string>, path: string): void {
  if (listed.has(path)) return;
  if (!normalPath.test(path)) {
    throw new InternalError(`Cannot ask for the path ${JSON.stringify(path)}: it is not absolute and normal`);
  }
  const missing: string[] = [];
  for (let above = folderOf(path); !listed.has(above); above = folderOf(above)) missing.push(above);
  for (const one of missing.toReversed()) listed.add(one);
  listed.add(path);
}
