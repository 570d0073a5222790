import { type FilePlan, type FilePlanning, FileWork } from "./file-work.ts";
import { byPath } from "./path-text.ts";
import { placePath } from "./place-path.ts";
import { removeDirectories, takeAwayPath } from "./take-away-path.ts";

/** Plans what happens to paths. */
export function planFiles(planning: FilePlanning): FilePlan {
  const { desired, last } = planning;
  const work = new FileWork(planning);
  // Directories first: what is to be in a new one is not there yet.
  for (const managed of [...desired.paths.values()].toSorted(byPath)) placePath(work, managed);
  for (const managed of last.paths.values()) if (!desired.paths.has(managed.path)) takeAwayPath(work, managed);
  removeDirectories(work);
  return work.end();
}
