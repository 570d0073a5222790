import type { FileStep, PlacedState } from "@firn/plan";
import { directoryOf, nameOf } from "./script-paths.ts";

/** What a plan does to paths, sorted by how it is done. Steps keep the order of the plan, by path. */
export interface PathWork {
  /** All steps that do something at their path. */
  readonly all: readonly FileStep[];
  /** What is in the way of a directory: kept or saved, removed, and the directory made, before anything is made ready in it. */
  readonly makeWay: readonly FileStep[];
  /** Directories where nothing is, parents first. */
  readonly makeDirectories: readonly FileStep[];
  /** Directories whose mode or owner changes. */
  readonly adjustDirectories: readonly FileStep[];
  /** Links where nothing is: made in place, since there is nothing to replace. */
  readonly links: readonly FileStep[];
  /** What is made ready beside the path and renamed over it. */
  readonly staged: readonly FileStep[];
  /** The user's directories that move to `kept/`. */
  readonly moveAway: readonly FileStep[];
  /** Files and links that go, with nothing in their place. */
  readonly remove: readonly FileStep[];
  /** Directories that go if they are empty, deepest first. */
  readonly removeDirectories: readonly FileStep[];
  /** The user's directories that come back from `kept/`. */
  readonly moveBack: readonly FileStep[];
}

/** Sorts the steps of a plan by how they are done. */
export function sortPathWork(steps: readonly FileStep[]): PathWork {
  const work = steps.filter((step) => !isDoneByCurrent(step));
  const ofKind = (...kinds: readonly Way[]): FileStep[] => work.filter((step) => kinds.includes(wayOf(step)));
  const directoriesThatGo = work.filter((step) => step.before.kind === "directory" && step.keep === undefined);
  return {
    all: work,
    makeWay: ofKind("make-way"),
    makeDirectories: ofKind("make-directory"),
    adjustDirectories: ofKind("adjust-directory"),
    links: ofKind("link"),
    staged: ofKind("stage"),
    moveAway: work.filter((step) => step.before.kind === "directory" && step.keep !== undefined),
    remove: ofKind("remove"),
    removeDirectories: directoriesThatGo.filter(({ after }) => after.kind !== "directory").toReversed(),
    moveBack: ofKind("move-back"),
  };
}

type Way =
  | "make-way"
  | "make-directory"
  | "adjust-directory"
  | "link"
  | "stage"
  | "remove"
  | "remove-directory"
  | "move-back";

/** Tells whether a step needs nothing at its path: the link is right, and `current` moves. */
export function isDoneByCurrent({ before, after }: FileStep): boolean {
  return before.kind === "symlink" && after.kind === "link" && before.target === after.target;
}

function wayOf({ before, after }: FileStep): Way {
  if (isDirectory(after)) {
    if (before.kind === "absent") return isKept(after) ? "move-back" : "make-directory";
    if (before.kind === "directory") return "adjust-directory";
    return isKept(after) ? "move-back" : "make-way";
  }
  if (after.kind === "absent") return before.kind === "directory" ? "remove-directory" : "remove";
  return after.kind === "link" && before.kind === "absent" ? "link" : "stage";
}

/** Tells whether a directory is to be at the path. */
export function isDirectory(after: PlacedState): boolean {
  return after.kind === "directory" || (after.kind === "kept" && after.state.kind === "directory");
}

function isKept(after: PlacedState): boolean {
  return after.kind === "kept";
}

/** Tells whether what is at the path is saved before it is replaced or removed: it is no directory, and not nothing. */
export function isSaved({ before }: FileStep): boolean {
  return before.kind !== "absent" && before.kind !== "directory";
}

/** Groups steps by their directory, in order. */
export function byDirectory(steps: readonly FileStep[]): Map<string, FileStep[]> {
  const groups = new Map<string, FileStep[]>();
  for (const step of steps) {
    const directory = directoryOf(step.path);
    const group = groups.get(directory);
    if (group === undefined) groups.set(directory, [step]);
    else group.push(step);
  }
  return groups;
}

/** Tells whether a link is named like what it leads to, so that one command makes many. */
export function isNamesake(step: FileStep, target: string): boolean {
  return nameOf(step.path) === nameOf(target);
}
