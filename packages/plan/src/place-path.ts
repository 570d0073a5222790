import type { PathState } from "./actual.ts";
import { collide, describeWanted, inhabited } from "./collide.ts";
import { hasSameContent, isAsPlaced, isOurs } from "./compare-state.ts";
import { type FileWork, lastContentOf, type StepBase, userOf } from "./file-work.ts";
import type { ManagedPath } from "./managed-paths.ts";
import { ancestorsOf } from "./path-text.ts";
import type { PlacedState } from "./plan.ts";

/** Plans what happens at a path that is to be managed, and at those that lead to it. */
export function placePath(work: FileWork, managed: ManagedPath): void {
  makeWayFor(work, managed);
  place(work, managed);
}

/** All that leads to a path is to be a directory. */
function makeWayFor(work: FileWork, managed: ManagedPath): void {
  const { desired, last, scope } = work.planning;
  for (const path of ancestorsOf(managed.path).toReversed()) {
    if (work.steps.has(path) || desired.paths.has(path)) continue;
    const now = work.at(path);
    if (now.kind === "directory" || (now.kind === "symlink" && mayFollow(work, now.uid, { managed, path }))) continue;
    const after = work.directoryFor(managed, path);
    const base = { path, after, before: now, owner: undefined, ...userOf(managed) };
    const was = last.paths.get(path);
    if (now.kind === "absent") work.add({ action: "add", ...base });
    else if (was !== undefined && isOurs(now, was, scope)) work.add({ action: "change", ...base });
    else collide(work, base, `a directory for "${managed.path}"`);
  }
}

/** A link to a directory that the administrator made is a directory; within a home also one of its user's. */
function mayFollow(
  { planning: { last, scope } }: FileWork,
  uid: number,
  { managed, path }: { managed: ManagedPath; path: string },
): boolean {
  if (last.paths.has(path)) return false;
  return uid === 0 || !scope.hasOwners || (managed.owner !== undefined && uid === managed.owner.uid);
}

function place(work: FileWork, managed: ManagedPath): void {
  const { last, scope } = work.planning;
  const { path, placed } = managed;
  const now = work.at(path);
  const was = last.paths.get(path);
  const base = { path, before: now, after: placed, owner: managed.owner, ...userOf(managed), ...lastContentOf(was) };
  if (now.kind === "absent") work.add({ action: was === undefined ? "add" : "repair", ...base });
  else if (now.kind === "directory" && placed.kind !== "directory") replaceDirectory(work, base);
  else if (was === undefined || (isDirectory(now, placed) && was.placed.kind !== "directory"))
    placeAnew(work, managed, base);
  else if (isAsPlaced(now, managed, scope)) {
    // The link is right, and its content moves with `current`.
    if (placed.kind === "link" && !hasSameContent(was, managed))
      work.add({ action: "change", ...base, after: linkAsIs(placed, now) });
  } else if (!isOurs(now, was, scope))
    work.add({ action: hasSameContent(was, managed) ? "repair" : "change", ...base, keep: work.newId() });
  else if (!bringUnder(work, managed, base))
    work.add({ action: hasSameContent(was, managed) ? "adjust" : "change", ...base });
}

/** Firn has not managed the path yet. */
function placeAnew(work: FileWork, managed: ManagedPath, base: StepBase): void {
  const { path, placed } = managed;
  const { before } = base;
  const isRight = isAsPlaced(before, managed, work.planning.scope);
  if (isDirectory(before, placed)) {
    if (!work.kept.has(path) && !work.made.has(path)) work.kept.set(path, { id: "", state: before });
    if (!isRight) work.add({ action: "adjust", ...base });
  } else if (placed.kind !== "link" || !isRight) collide(work, base, describeWanted(placed));
}

/** A directory goes for something else: Firn's own, with what Firn has in it, or somebody else's as it is. */
function replaceDirectory(work: FileWork, base: StepBase): void {
  const { after, path } = base;
  const kept = [...work.kept.keys()].find((each) => each.startsWith(`${path}/`));
  if (kept !== undefined) work.diagnostics.push(inhabited(path, describeWanted(after), kept));
  else if (work.made.delete(path)) work.add({ action: "change", ...base });
  else collide(work, base, describeWanted(after));
}

/** Where Firn replaced a directory and is now to have one, that comes back; its state stays remembered. */
function bringUnder(work: FileWork, { path, placed }: ManagedPath, base: StepBase): boolean {
  const kept = work.kept.get(path);
  if (placed.kind !== "directory" || kept?.state.kind !== "directory" || kept.id === "") return false;
  // What is kept cannot be looked into: nothing of Firn's is put there.
  if (work.findDirectoryFor(path) !== undefined) return false;
  const { gid, mode, uid } = placed;
  const after: PlacedState = { kind: "kept", id: kept.id, state: { ...kept.state, mode, uid, gid } };
  work.kept.set(path, { id: "", state: kept.state });
  work.add({ action: "give-back", ...base, after });
  return true;
}

/** A directory is there, and is to be. */
function isDirectory(now: PathState, placed: PlacedState): boolean {
  return now.kind === "directory" && placed.kind === "directory";
}

/** Either form of the link is right: it stays as it is. */
function linkAsIs(placed: Extract<PlacedState, { kind: "link" }>, now: PathState): PlacedState {
  return now.kind === "symlink" ? { ...placed, target: now.target } : placed;
}
