import { lstatSync, readlinkSync } from "node:fs";
import { join } from "node:path";

/** More links on one way than the system follows. */
const mostLinks = 40;

/**
 * Finds where a path below a folder leads when all links on the way are
 * followed; nothing outside of the folder is ever looked at.
 *
 * @param from folder below `root` that the path is seen from
 * @returns path below `root`, without any link; undefined when it leads out of it, or in circles
 */
export function resolveWithin(root: string, path: string, from = ""): string | undefined {
  const done = split(from);
  const left = split(path).toReversed();
  if (path.startsWith("/")) return undefined;
  let links = 0;
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    if (part === "..") {
      if (done.pop() === undefined) return undefined;
      continue;
    }
    const target = readLink(join(root, ...done, part));
    if (target === undefined) done.push(part);
    else if (target.startsWith("/") || ++links > mostLinks) return undefined;
    else left.push(...split(target).toReversed());
  }
  return done.join("/");
}

function split(path: string): string[] {
  return path.split("/").filter((part) => part !== "" && part !== ".");
}

function readLink(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true ? readlinkSync(path) : undefined;
}
