import type { PathState } from "./actual.ts";
import { isAsPlaced, isOurs } from "./compare-state.ts";
import { type FileWork, lastContentOf, userOf } from "./file-work.ts";
import type { ManagedPath } from "./managed-paths.ts";
import { ancestorsOf } from "./path-text.ts";

/** Plans what happens at a path that is no longer managed. */
export function takeAwayPath(work: FileWork, was: ManagedPath): void {
  const { path, placed } = was;
  if (work.steps.has(path)) return; // A directory is made there for something else.
  const now = work.at(path);
  if (placed.kind === "directory") return leaveDirectory(work, was, now);
  if (now.kind === "directory") return; // Somebody put it there; what is kept stays where it is.
  const base = { path, before: now, owner: undefined, ...userOf(was), ...lastContentOf(was) };
  const back = work.takeBack(path);
  if (now.kind === "absent") {
    if (back.action === "give-back") work.add({ ...back, ...base });
  } else if (isOurs(now, was, work.planning.scope)) work.add({ ...back, ...base });
  else work.add({ ...back, ...base, keep: work.newId() });
}

/** A directory that was there before Firn gets its mode and owner back; one that Firn made, those of a directory that only leads somewhere. */
function leaveDirectory(work: FileWork, was: ManagedPath, now: PathState): void {
  const { path } = was;
  const state = work.made.has(path) ? work.findDirectoryFor(path) : work.takeRemembered(path);
  if (now.kind !== "directory" || state?.kind !== "directory") return;
  const { gid, mode, uid } = state;
  const after = { kind: "directory", mode, uid, gid } as const;
  const base = { path, before: now, after, owner: undefined, ...userOf(was) };
  if (!isAsPlaced(now, { ...was, placed: after }, work.planning.scope)) work.add({ action: "adjust", ...base });
}

/** Plans which directories that Firn made go: those through which nothing leads any more. One that leads to what comes back is Firn's no longer. */
export function removeDirectories(work: FileWork): void {
  const needed = new Set([...work.planning.desired.paths.keys()].flatMap((path) => [path, ...ancestorsOf(path)]));
  const returned = [...work.steps.values()].filter(({ after }) => after.kind === "kept");
  const left = new Set(returned.flatMap(({ path }) => ancestorsOf(path)));
  for (const path of [...work.made].toSorted().toReversed()) {
    if (needed.has(path)) continue;
    work.made.delete(path);
    const now = work.at(path);
    if (now.kind !== "directory" || left.has(path)) continue;
    const back = work.takeBack(path);
    if (back.action === "give-back") ancestorsOf(path).forEach((each) => left.add(each));
    work.add({ ...back, path, before: now, owner: undefined });
  }
}
