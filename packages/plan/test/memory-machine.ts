import { isDeepStrictEqual } from "node:util";
import type { Manifest } from "@firn/manifest";
import {
  type Actual,
  emptyRecord,
  type FileStep,
  type PathState,
  type PlacedState,
  type Planned,
  type Planning,
  planSwitch,
  questionOf,
  type Scope,
  type SwitchRecord,
} from "@firn/plan";
import { MemoryTree, type Subtree, type TreeNode } from "./memory-tree.ts";

const accounts = {
  passwd: "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000:Ada:/home/ada:/bin/sh\n",
  group: "root:x:0:\nada:x:1000:\n",
};

/** The machine as a whole. */
export const systemScope: Scope = { kind: "system", root: "/", state: "/var/lib/firn", hasOwners: true };

/** A machine in memory: plans are made of what is on it, and carried out in the order of the scripts. */
export class MemoryMachine {
  readonly tree: MemoryTree = new MemoryTree();
  readonly scope: Scope;
  readonly #kept = new Map<string, Subtree>();
  #record: SwitchRecord = emptyRecord;
  #last: { readonly manifest: Manifest; readonly name: string } | undefined;
  #switches = 0;

  constructor(scope: Scope = systemScope) {
    this.scope = scope;
  }

  /** Plans a switch; without a manifest, that to what the machine was without Firn. */
  plan(desired: Manifest | undefined, { takeOver = false }: Partial<Pick<Planning, "takeOver">> = {}): Planned {
    const last = this.#last;
    return planSwitch({
      scope: this.scope,
      ...(desired && { desired, to: `to-${this.#switches}` }),
      ...(last && { last }),
      record: this.#record,
      actual: this.#look(desired),
      contents: () => undefined,
      takeOver,
      today: 20_000,
    });
  }

  /**
   * Carries out a plan as a whole, unless it has diagnostics or what only a look at
   * the machine tells is in its way; says whether it did. @throws where a script would fail.
   */
  switch(desired: Manifest | undefined, options: Partial<Pick<Planning, "takeOver">> = {}): boolean {
    const { details, diagnostics, plan } = this.plan(desired, options);
    if (diagnostics.length > 0 || !isPossible(this.tree, plan.files)) return false;
    this.#apply(plan.files);
    this.#record = desired === undefined ? emptyRecord : details.record;
    this.#last = desired && { manifest: desired, name: `to-${this.#switches}` };
    this.#switches++;
    return true;
  }

  /** Lists what is on the machine, links of Firn with what they lead to. */
  list(): string[] {
    return this.tree.list().map(([path, node]) => {
      const { kind, ...facts } = node;
      const shown = node.kind === "symlink" ? { ...facts, content: this.#contentThrough(node.target) } : facts;
      return `${path} ${kind} ${JSON.stringify(shown)}`;
    });
  }

  /** Lists the contents and targets that are on the machine, or kept. */
  listContents(): string[] {
    const kept = [...this.#kept.values()].flatMap((subtree) => [...subtree.values()]);
    const nodes = [...this.tree.list().map(([, node]) => node), ...kept];
    return nodes.flatMap((node) => {
      if (node.kind === "file") return [node.content];
      return node.kind === "symlink" ? [node.target] : [];
    });
  }

  /** Lists what is kept beyond what the record knows to bring back. */
  listUnknownKept(): string[] {
    const known = new Set(Object.values(this.#record.kept).map(({ id }) => id));
    return [...this.#kept.keys()].filter((id) => !known.has(id));
  }

  #look(desired: Manifest | undefined): Actual {
    const { paths: asked, contents } = questionOf({
      scope: this.scope,
      ...(desired && { desired }),
      ...(this.#last && { last: this.#last.manifest }),
      record: this.#record,
      passwd: accounts.passwd,
    });
    const paths: Record<string, PathState> = {};
    for (const path of [...asked, ...contents]) {
      const parts = path.slice(1).split("/");
      for (let length = 1; length <= parts.length; length++) {
        const each = `/${parts.slice(0, length).join("/")}`;
        const state = this.tree.stateOf(each);
        // A content that nobody asked for is not hashed.
        paths[each] = contents.includes(each) ? state : withoutContent(state);
      }
    }
    return { paths, accounts, busyUsers: [], managers: [], devices: {} };
  }

  #contentThrough(target: string): string | undefined {
    const source = target.split(`${this.scope.state}/current/generation/`)[1];
    const files = this.#last?.manifest.files ?? {};
    const homes = this.#last?.manifest.homes ?? {};
    const [, user = "", below = ""] = /^homes\/([^/]+)\/(.*)$/.exec(source ?? "") ?? [];
    const file = below === "" ? files[(source ?? "").slice("files".length)] : homes[user]?.files[below];
    return file !== undefined && "content" in file ? file.content : undefined;
  }

  #apply(steps: readonly FileStep[]): void {
    const replaced = steps.filter(isNewDirectory);
    for (const { before, path } of steps) {
      if (replaced.some((each) => path.startsWith(`${each.path}/`))) continue;
      const now = this.tree.stateOf(path);
      const isAsked = before.kind === "file" && before.content !== undefined;
      if (!isDeepStrictEqual(isAsked ? now : withoutContent(now), before))
        throw new Error(`${path} is not as the plan says`);
    }
    const work = steps.filter(({ after, before }) => !isDoneByCurrent(before, after));
    for (const { before, keep, path } of work)
      if (keep !== undefined && before.kind !== "directory") this.#keep(keep, this.tree.copy(path));
    for (const { after, before, path } of work) {
      if (after.kind !== "directory" || before.kind === "directory") continue;
      this.tree.removeFile(path);
      this.tree.put(path, directory(after));
    }
    for (const { before, keep, path } of work)
      if (keep !== undefined && before.kind === "directory") this.#keep(keep, this.tree.take(path));
    for (const { after, before, path } of work)
      if (after.kind === "absent" && before.kind !== "directory") this.tree.removeFile(path);
    for (const { after, before, keep, path } of work.toReversed())
      if (before.kind === "directory" && keep === undefined && after.kind !== "directory")
        this.tree.removeDirectory(path);
    for (const step of work) this.#place(step);
  }

  #place({ after, before, owner, path }: FileStep): void {
    const by = owner ?? { uid: 0, gid: 0 };
    switch (after.kind) {
      case "absent":
        return;
      case "directory":
        return before.kind === "directory" ? this.tree.adjust(path, directory(after)) : undefined;
      case "kept": {
        const subtree = this.#kept.get(after.id);
        if (subtree === undefined) throw new Error(`nothing is kept as ${after.id}`);
        this.#kept.delete(after.id);
        this.tree.removeFile(path);
        this.tree.bring(path, subtree);
        return after.state.kind === "directory" ? this.tree.adjust(path, directory(after.state)) : undefined;
      }
      case "file": {
        const { content, gid, mode, uid } = after;
        return this.tree.replace(path, { kind: "file", content, mode, uid, gid });
      }
      default:
        return this.tree.replace(path, { kind: "symlink", target: after.target, ...by });
    }
  }

  #keep(id: string, subtree: Subtree): void {
    if (this.#kept.has(id)) throw new Error(`something is kept as ${id} already`);
    this.#kept.set(id, subtree);
  }
}

/** What the guards of the script look for: ways that lead somewhere, and directories that nobody else uses. */
function isPossible(tree: MemoryTree, steps: readonly FileStep[]): boolean {
  const made = steps.filter(isNewDirectory);
  const isBelow = (path: string, list: readonly FileStep[]): boolean =>
    list.some((each) => path.startsWith(`${each.path}/`));
  const placed = steps.filter(({ after, path }) => after.kind !== "absent" && !isBelow(path, made));
  const going = steps.filter(
    ({ after, before, keep }) => before.kind === "directory" && keep === undefined && after.kind !== "directory",
  );
  const replaced = going.filter(({ after }) => after.kind !== "absent");
  const paths = new Set(steps.filter(({ after }) => after.kind === "absent").map(({ path }) => path));
  return (
    placed.every(({ path }) => tree.canHold(path)) &&
    going
      .filter((each) => replaced.includes(each) || isBelow(each.path, replaced))
      .every(({ path }) => tree.listNames(path).every((name) => paths.has(`${path}/${name}`)))
  );
}

function isNewDirectory({ after, before }: FileStep): boolean {
  return after.kind === "directory" && before.kind !== "directory";
}

/** The link is right, and moves with `current`. */
function isDoneByCurrent(before: PathState, after: PlacedState): boolean {
  return before.kind === "symlink" && after.kind === "link" && before.target === after.target;
}

function directory({ gid, mode, uid }: Omit<Extract<PlacedState, { kind: "directory" }>, "kind">): TreeNode {
  return { kind: "directory", mode, uid, gid };
}

function withoutContent(state: PathState): PathState {
  if (state.kind !== "file") return state;
  const { content: _, ...facts } = state;
  return facts;
}
