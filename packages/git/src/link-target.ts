import { posix } from "node:path";

/** How many links a path may lead through, as on Linux. */
const mostLinks = 40;

/**
 * Tells whether a symbolic link stays in the folder that it is part of, by
 * following it step by step through the other links of that folder. A link to
 * what is not there stays in it, as long as each step does.
 *
 * @param links targets of all links by their path in the folder
 */
export function isLinkInside(path: string, links: ReadonlyMap<string, string>): boolean {
  const parent = posix.dirname(path);
  return staysInside(parent === "." ? [] : parent.split("/"), [links.get(path) ?? ""], links);
}

function staysInside(from: readonly string[], targets: readonly string[], links: ReadonlyMap<string, string>): boolean {
  const at = [...from];
  const left = targets.flatMap((target) => target.split("/"));
  if (targets[0]?.startsWith("/") !== false) return false;
  for (let followed = 0; left.length > 0;) {
    const step = left.shift();
    if (step === "" || step === ".") continue;
    if (step !== "..") at.push(step ?? "");
    else if (at.pop() === undefined) return false;
    const target = step === ".." ? undefined : links.get(at.join("/"));
    if (target === undefined) continue;
    followed += 1;
    if (target.startsWith("/") || followed > mostLinks) return false;
    at.pop();
    left.unshift(...target.split("/"));
  }
  return true;
}
