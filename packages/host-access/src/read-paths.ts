import type { Stats } from "node:fs";
import type { Actual, ActualQuestion, PathState } from "@firn/plan";
import { listAskedPaths } from "./asked-paths.ts";
import { hashFile } from "./hash-file.ts";
import { pathStateOf, unreadablePath } from "./path-state.ts";
import { isEmptyDirectory, readLink, type RootTree } from "./root-tree.ts";

/** What was found at a path, before what costs more than a look. */
interface Found {
  readonly path: string;
  readonly real: string;
  readonly status: Stats;
}

/** Looks at all paths of a question and at what leads to them. */
export async function readPaths(tree: RootTree, question: ActualQuestion): Promise<Pick<Actual, "paths" | "devices">> {
  const paths: Record<string, PathState> = {};
  const devices: Record<string, number> = {};
  const found: Found[] = [];
  for (const path of listAskedPaths(question)) {
    const place = tree.placeOf(path);
    const status = tree.look(place);
    if (typeof place !== "string" && typeof status !== "string") found.push({ path, real: place.real, status });
    // Also names those that are found, so that the answer keeps the order of the question.
    paths[path] = status === "unreadable" ? unreadablePath : { kind: "absent" };
  }
  const occupied = new Set(
    found.filter(({ path }) => path !== "/").map(({ real }) => real.slice(0, real.lastIndexOf("/"))),
  );
  const hashed = new Set(question.contents);
  for (const { path, real, status } of found) {
    if (status.isDirectory()) devices[path] = status.dev;
    paths[path] = pathStateOf({
      mode: status.mode,
      uid: status.uid,
      gid: status.gid,
      size: status.size,
      target: status.isSymbolicLink() ? readLink(real) : "",
      // A directory below which we saw something need not be read.
      isEmpty: status.isDirectory() && !occupied.has(real) && isEmptyDirectory(real),
      content: status.isFile() && hashed.has(path) ? await hashFile(real) : undefined,
    });
  }
  return { paths, devices };
}
