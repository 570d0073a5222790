import type { Diagnostic } from "@firn/diagnostic";
import type { Actual, PathState } from "./actual.ts";
import { hasSameContent, isAsPlaced, isOurs } from "./compare-state.ts";
import type { ManagedPath, ManagedPaths } from "./managed-paths.ts";
import { ancestorsOf, byPath, directoryOf } from "./path-text.ts";
import type { Collision, FileAction, FileStep, PlacedState } from "./plan.ts";
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

/** Plans what happens to paths. */
export function planFiles(planning: FilePlanning): FilePlan {
  return new FilePlanner(planning).plan();
}

class FilePlanner {
  readonly #planning: FilePlanning;
  readonly #steps = new Map<string, FileStep>();
  readonly #collisions: Collision[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  readonly #kept: Map<string, KeptPath>;
  readonly #made: Set<string>;
  #nextKept: number;

  constructor(planning: FilePlanning) {
    this.#planning = planning;
    this.#kept = new Map(Object.entries(planning.record.kept));
    this.#made = new Set(planning.record.made);
    this.#nextKept = planning.record.nextKept;
  }

  plan(): FilePlan {
    const { desired, last } = this.#planning;
    for (const managed of desired.paths.values()) this.#makeWayFor(managed);
    for (const managed of desired.paths.values()) this.#place(managed);
    for (const managed of last.paths.values()) if (!desired.paths.has(managed.path)) this.#takeAway(managed);
    this.#removeDirectories();
    return {
      steps: [...this.#steps.values()].toSorted(byPath),
      collisions: this.#collisions.toSorted(byPath),
      diagnostics: this.#diagnostics,
      record: {
        kept: Object.fromEntries([...this.#kept].toSorted(([a], [b]) => (a < b ? -1 : 1))),
        made: [...this.#made].toSorted(),
        nextKept: this.#nextKept,
      },
    };
  }

  #at(path: string): PathState {
    return this.#planning.actual.paths[path] ?? absent;
  }

  #add(step: FileStep): void {
    this.#steps.set(step.path, step);
  }

  #newId(): string {
    return `${this.#nextKept++}`;
  }

  /** All that leads to a path is to be a directory. */
  #makeWayFor(managed: ManagedPath): void {
    for (const path of ancestorsOf(managed.path)) {
      if (this.#steps.has(path) || this.#planning.desired.paths.has(path)) continue;
      const now = this.#at(path);
      if (now.kind === "directory" || (now.kind === "symlink" && this.#mayFollow(now.uid, managed, path))) continue;
      const after = this.#directoryFor(managed, path);
      const base = { path, after, before: now, owner: undefined, ...userOf(managed) };
      const was = this.#planning.last.paths.get(path);
      if (now.kind === "absent") this.#add({ action: "add", ...base });
      else if (was !== undefined && isOurs(now, was, this.#planning.scope)) this.#add({ action: "change", ...base });
      else this.#collide(base, `a directory for "${managed.path}"`);
      this.#made.add(path);
    }
  }

  /** A link to a directory that the administrator made is a directory; within a home also one of its user's. */
  #mayFollow(uid: number, managed: ManagedPath, path: string): boolean {
    if (this.#planning.last.paths.has(path)) return false;
    return uid === 0 || !this.#planning.scope.hasOwners || (managed.owner !== undefined && uid === managed.owner.uid);
  }

  #directoryFor({ owner, user }: ManagedPath, path: string): PlacedState {
    const home = user === undefined ? undefined : this.#planning.desired.homes.get(user);
    const isInHome = home !== undefined && (path === home || path.startsWith(`${home}/`));
    const { gid, uid } = (isInHome ? owner : undefined) ?? { uid: 0, gid: 0 };
    return { kind: "directory", mode: "0755", uid, gid };
  }

  #place(managed: ManagedPath): void {
    const { scope } = this.#planning;
    const { path, placed } = managed;
    const now = this.#at(path);
    const was = this.#planning.last.paths.get(path);
    const base = { path, before: now, after: placed, owner: managed.owner, ...userOf(managed), ...lastContentOf(was) };
    if (now.kind === "absent") {
      this.#add({ action: was === undefined ? "add" : "repair", ...base });
      if (placed.kind === "directory") this.#made.add(path);
    } else if (was === undefined) this.#placeAnew(managed, base);
    else if (isAsPlaced(now, managed, scope)) {
      // The link is right, and its content moves with `current`.
      if (placed.kind === "link" && !hasSameContent(was, managed))
        this.#add({ action: "change", ...base, after: linkAsIs(placed, now) });
    } else if (isOurs(now, was, scope)) {
      this.#add({ action: hasSameContent(was, managed) ? "adjust" : "change", ...base });
    } else if (now.kind === "directory") this.#collide(base, describe(placed));
    else this.#add({ action: hasSameContent(was, managed) ? "repair" : "change", ...base, keep: this.#newId() });
  }

  /** Firn has not managed the path yet. */
  #placeAnew(managed: ManagedPath, base: Omit<FileStep, "action">): void {
    const { scope } = this.#planning;
    const { path, placed } = managed;
    const { before } = base;
    if (placed.kind !== "directory" && before.kind === "directory" && this.#made.delete(path)) {
      this.#add({ action: "change", ...base });
    } else if (placed.kind === "directory" && before.kind === "directory") {
      if (!this.#kept.has(path)) this.#kept.set(path, { id: "", state: before });
      if (!isAsPlaced(before, managed, scope)) this.#add({ action: "adjust", ...base });
    } else if (placed.kind !== "link" || !isAsPlaced(before, managed, scope)) this.#collide(base, describe(placed));
  }

  /** Something of somebody else's is in the way. */
  #collide(base: Omit<FileStep, "action">, wanted: string): void {
    const { after, before, path } = base;
    if (this.#isMountPoint(path)) {
      this.#diagnostics.push(mountPoint(path, wanted));
      return;
    }
    const isTakenOver = this.#takesOver(path, before) || isSame(before, after);
    this.#collisions.push({ path, state: before, wanted, isTakenOver });
    if (!isTakenOver) return;
    const id = this.#newId();
    this.#kept.set(path, { id, state: before });
    this.#add({ action: "take-over", ...base, keep: id });
  }

  #takesOver(path: string, state: PathState): boolean {
    const { takeOver } = this.#planning;
    if (takeOver === "all") return true;
    return takeOver.has(path) && !(state.kind === "directory" && !state.isEmpty);
  }

  #isMountPoint(path: string): boolean {
    const { devices } = this.#planning.actual;
    const [own, above] = [devices[path], devices[directoryOf(path)]];
    return own !== undefined && above !== undefined && own !== above;
  }

  /** The path is no longer managed. */
  #takeAway(was: ManagedPath): void {
    const { path, placed } = was;
    if (this.#steps.has(path)) return; // A directory is made there for something else.
    const now = this.#at(path);
    const kept = this.#kept.get(path);
    if (placed.kind === "directory") return this.#leaveDirectory(was, now, kept);
    const base = { path, before: now, owner: undefined, ...userOf(was), ...lastContentOf(was) };
    const action: FileAction = kept === undefined ? "remove" : "give-back";
    const after: PlacedState = kept === undefined ? { kind: "absent" } : { kind: "kept", ...kept };
    if (now.kind === "directory") return; // Somebody put it there; what is kept stays where it is.
    if (now.kind === "absent") {
      if (kept !== undefined) this.#add({ action, ...base, after });
    } else if (isOurs(now, was, this.#planning.scope)) this.#add({ action, ...base, after });
    else this.#add({ action, ...base, after, keep: this.#newId() });
    this.#kept.delete(path);
  }

  /** A directory that was there before Firn gets its mode and owner back. */
  #leaveDirectory({ path, placed, ...was }: ManagedPath, now: PathState, kept: KeptPath | undefined): void {
    if (kept?.state.kind !== "directory" || kept.id !== "") return;
    this.#kept.delete(path);
    if (now.kind !== "directory" || placed.kind !== "directory") return;
    const { gid, mode, uid } = kept.state;
    const isRight = mode === now.mode && (!this.#planning.scope.hasOwners || (uid === now.uid && gid === now.gid));
    const base = { path, before: now, owner: undefined, ...userOf(was) };
    if (!isRight) this.#add({ action: "adjust", ...base, after: { kind: "directory", mode, uid, gid } });
  }

  /** Directories that Firn made go when nothing leads through them any more. */
  #removeDirectories(): void {
    const { desired } = this.#planning;
    const needed = new Set([...desired.paths.keys()].flatMap((path) => [path, ...ancestorsOf(path)]));
    for (const path of this.#made) {
      if (needed.has(path)) continue;
      this.#made.delete(path);
      const now = this.#at(path);
      const kept = this.#kept.get(path);
      if (now.kind !== "directory") continue;
      this.#kept.delete(path);
      const after: PlacedState = kept === undefined || kept.id === "" ? { kind: "absent" } : { kind: "kept", ...kept };
      this.#add({ action: after.kind === "kept" ? "give-back" : "remove", path, before: now, after, owner: undefined });
    }
  }
}

function userOf({ user }: { readonly user?: string }): { readonly user?: string } {
  return user === undefined ? {} : { user };
}

function lastContentOf(was: ManagedPath | undefined): { readonly lastContent?: string } {
  return was !== undefined && "content" in was.placed ? { lastContent: was.placed.content } : {};
}

/** Either form of the link is right: it stays as it is. */
function linkAsIs(placed: Extract<PlacedState, { kind: "link" }>, now: PathState): PlacedState {
  return now.kind === "symlink" ? { ...placed, target: now.target } : placed;
}

/** What is there says the same already: nobody need be asked. */
function isSame(now: PathState, placed: PlacedState): boolean {
  if (now.kind === "file") return "content" in placed && now.content !== undefined && placed.content === now.content;
  return now.kind === "symlink" && placed.kind === "symlink" && now.target === placed.target;
}

function describe({ kind }: PlacedState): string {
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
