import type { Diagnostic } from "@firn/diagnostic";
import type { Actual, PathState } from "./actual.ts";
import type { ManagedPath, ManagedPaths } from "./managed-paths.ts";
import { ancestorsOf, byPath, directoryOf } from "./path-text.ts";
import type { Collision, FileStep, PlacedState } from "./plan.ts";
import type { KeptPath, SwitchRecord } from "./record.ts";
import type { Scope } from "./scope.ts";

/** What the steps for files follow from. */
export interface FilePlanning {
  readonly scope: Scope;
  readonly actual: Actual;
  readonly record: SwitchRecord;
  readonly desired: ManagedPaths;
  readonly last: ManagedPaths;
  /** Whether what is in the way at a path is taken over: because it was asked for, or because the definition says so. */
  readonly takeOver: "all" | ReadonlySet<string>;
}

/** The steps, and what is remembered after them. */
export interface FilePlan {
  readonly steps: readonly FileStep[];
  readonly collisions: readonly Collision[];
  readonly diagnostics: readonly Diagnostic[];
  readonly record: Pick<SwitchRecord, "kept" | "made" | "nextKept">;
}

const absent: PathState = { kind: "absent" };

/** The steps for files while they are planned, and what is remembered. */
export class FileWork {
  readonly planning: FilePlanning;
  /** By path. */
  readonly steps: Map<string, FileStep> = new Map();
  readonly collisions: Collision[] = [];
  readonly diagnostics: Diagnostic[] = [];
  /** By path: what was there before Firn. An id of "" is a directory that is still there, with another mode or owner. */
  readonly kept: Map<string, KeptPath>;
  /** Directories that Firn made. */
  readonly made: Set<string>;
  #nextKept: number;

  constructor(planning: FilePlanning) {
    this.planning = planning;
    this.kept = new Map(Object.entries(planning.record.kept));
    this.made = new Set(planning.record.made);
    this.#nextKept = planning.record.nextKept;
  }

  /** Says what is at a path. What is seen through a link that a directory takes the place of is not there. */
  at(path: string): PathState {
    if (ancestorsOf(path).some((each) => isNewDirectory(this.steps.get(each)))) return absent;
    return this.planning.actual.paths[path] ?? absent;
  }

  add(step: FileStep): void {
    this.steps.set(step.path, step);
    if (isNewDirectory(step)) this.made.add(step.path);
  }

  /** Names what is going to be kept. */
  newId(): string {
    return `${this.#nextKept++}`;
  }

  /** Takes out the state of before Firn of a directory that is still there. */
  takeRemembered(path: string): PathState | undefined {
    const kept = this.kept.get(path);
    if (kept?.id !== "") return undefined;
    this.kept.delete(path);
    return kept.state;
  }

  /** Says what comes where Firn's own goes: what is kept, if there is still a directory for it, or nothing. */
  takeBack(path: string): Pick<FileStep, "action" | "after"> {
    this.takeRemembered(path);
    const kept = this.kept.get(path);
    if (kept === undefined || !this.#willHold(directoryOf(path)))
      return { action: "remove", after: { kind: "absent" } };
    this.kept.delete(path);
    return { action: "give-back", after: { kind: "kept", ...kept } };
  }

  #willHold(directory: string): boolean {
    const step = this.steps.get(directory);
    if (step !== undefined || directory === "/") return step === undefined || step.after.kind === "directory";
    return ["directory", "symlink"].includes(this.at(directory).kind);
  }

  /** Says what a directory is that leads to something. */
  directoryFor({ owner, user }: ManagedPath, path: string): Extract<PlacedState, { kind: "directory" }> {
    const home = user === undefined ? undefined : this.planning.desired.homes.get(user);
    const isInHome = home !== undefined && (path === home || path.startsWith(`${home}/`));
    const { gid, uid } = (isInHome ? owner : undefined) ?? { uid: 0, gid: 0 };
    return { kind: "directory", mode: "0755", uid, gid };
  }

  /** Says the same of one that need not lead anywhere; nothing when it does not. */
  findDirectoryFor(path: string): Extract<PlacedState, { kind: "directory" }> | undefined {
    const below = [...this.planning.desired.paths.values()].find((each) => each.path.startsWith(`${path}/`));
    return below && this.directoryFor(below, path);
  }

  end(): FilePlan {
    return {
      steps: [...this.steps.values()].toSorted(byPath),
      collisions: this.collisions.toSorted(byPath),
      diagnostics: this.diagnostics,
      record: {
        kept: Object.fromEntries([...this.kept].toSorted(([a], [b]) => (a < b ? -1 : 1))),
        made: [...this.made].toSorted(),
        nextKept: this.#nextKept,
      },
    };
  }
}

/** What a step is about, whatever it does. */
export type StepBase = Omit<FileStep, "action">;

/** Names the user of a step, if there is one. */
export function userOf({ user }: { readonly user?: string }): { readonly user?: string } {
  return user === undefined ? {} : { user };
}

/** Names the content of the generation before, if it had one. */
export function lastContentOf(was: ManagedPath | undefined): { readonly lastContent?: string } {
  return was !== undefined && "content" in was.placed ? { lastContent: was.placed.content } : {};
}

function isNewDirectory(step: FileStep | undefined): boolean {
  return step?.after.kind === "directory" && step.before.kind !== "directory";
}
