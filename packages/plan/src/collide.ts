import type { Diagnostic } from "@firn/diagnostic";
import type { Actual, PathState } from "./actual.ts";
import type { FilePlanning, FileWork, StepBase } from "./file-work.ts";
import { directoryOf } from "./path-text.ts";
import type { PlacedState } from "./plan.ts";

/** Plans what happens where something of somebody else's is in the way; `wanted` says in words what is to be there. */
export function collide(work: FileWork, base: StepBase, wanted: string): void {
  const { after, before, path } = base;
  const problem = whyNot(work, base, wanted);
  if (problem !== undefined) {
    work.diagnostics.push(problem);
    return;
  }
  const isTakenOver = takesOver(work.planning, path, before) || isSame(before, after);
  work.collisions.push({ path, state: before, wanted, isTakenOver });
  if (!isTakenOver) return;
  const id = work.newId();
  const remembered = before.kind === "directory" ? work.takeRemembered(path) : undefined;
  work.kept.set(path, { id, state: remembered ?? before });
  work.add({ action: "take-over", ...base, keep: id });
}

function whyNot(work: FileWork, { before, path }: StepBase, wanted: string): Diagnostic | undefined {
  if (isMountPoint(path, work.planning.actual)) return mountPoint(path, wanted);
  const inside = findInside(work, path, before);
  return inside === undefined ? undefined : inhabited(path, wanted, inside);
}

/** The first path of Firn's in a directory, or seen through a link, that is in the way. */
function findInside({ made, planning }: FileWork, path: string, { kind }: PathState): string | undefined {
  if (kind !== "directory" && kind !== "symlink") return undefined;
  const { actual, last } = planning;
  return [...last.paths.keys(), ...made].find(
    (each) => each.startsWith(`${path}/`) && (actual.paths[each]?.kind ?? "absent") !== "absent",
  );
}

function takesOver({ takeOver }: FilePlanning, path: string, state: PathState): boolean {
  if (takeOver === "all") return true;
  return takeOver.has(path) && !(state.kind === "directory" && !state.isEmpty);
}

function isMountPoint(path: string, { devices }: Actual): boolean {
  const [own, above] = [devices[path], devices[directoryOf(path)]];
  return own !== undefined && above !== undefined && own !== above;
}

/** What is there says the same already, so that nobody need be asked. */
function isSame(now: PathState, placed: PlacedState): boolean {
  if (now.kind === "file") return "content" in placed && now.content !== undefined && placed.content === now.content;
  return now.kind === "symlink" && placed.kind === "symlink" && now.target === placed.target;
}

/** Says in words what Firn is to put somewhere. */
export function describeWanted({ kind }: PlacedState): string {
  if (kind === "directory") return "a directory";
  return kind === "file" ? "a file" : "a link";
}

function mountPoint(path: string, wanted: string): Diagnostic {
  return {
    code: "path-in-the-way",
    severity: "error",
    message: `Cannot put ${wanted} at "${path}": a file system is mounted there`,
    marks: [],
    fix: `umount ${path}`,
  };
}

/** Refuses to replace a directory in which the same switch would have to change something. */
export function inhabited(path: string, wanted: string, inside: string): Diagnostic {
  return {
    code: "path-in-the-way",
    severity: "error",
    message: `Cannot put ${wanted} at "${path}": it leads to "${inside}", which has to go first`,
    marks: [],
    why: ["A switch replaces a directory of the user's as a whole, or changes what is in it"],
    fix: `Remove "${inside}" from the configuration and switch, then add "${path}"`,
  };
}
