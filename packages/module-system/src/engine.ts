import { ConfigTask } from "./config-task.ts";
import { findLoop, type Loop } from "./cycle.ts";
import { type Evaluating, OptionNode, type Scope } from "./graph.ts";
import { mergeOption } from "./merge-option.ts";
import { ShapeCache } from "./shape-cache.ts";
import { type Reader, Tracker } from "./tracker.ts";

/** Rounds after which the causes of changes are remembered, since most evaluations have settled by then. */
const quietRounds = 12;
/** Rounds that any evaluation may take, in addition to two for each option. */
const patientRounds = 200;

/** Evaluates scopes in rounds until nothing changes. */
export class Engine implements Evaluating {
  readonly tracker: Tracker = new Tracker();
  readonly shapes: ShapeCache = new ShapeCache();
  readonly scopes: Set<Scope> = new Set();
  readonly evaluateApart: Evaluating["evaluateApart"];
  /** How many rounds it took so far. */
  round = 0;
  #tasks: Set<ConfigTask> = new Set();
  #unmerged: Set<OptionNode> = new Set();

  constructor(evaluateApart: Evaluating["evaluateApart"]) {
    this.evaluateApart = evaluateApart;
  }

  get keepsCauses(): boolean {
    return this.round > quietRounds;
  }

  markForMerging(node: OptionNode): void {
    this.#unmerged.add(node);
  }

  addScope(scope: Scope): void {
    this.scopes.add(scope);
    for (const source of scope.sources) if (source instanceof ConfigTask) this.#tasks.add(source);
  }

  removeScope(scope: Scope): void {
    this.scopes.delete(scope);
  }

  /**
   * Runs rounds until nothing changes: every function that has to run sees the
   * configuration of the round before, whatever the order they run in.
   *
   * @returns the options that keep changing because of one another, if there are any
   */
  settle(): Loop | undefined {
    let changed = this.#mergeAll();
    while (changed.length > 0 || this.#tasks.size > 0 || this.#unmerged.size > 0) {
      const loop = this.keepsCauses ? findLoop(changed, this.#isOverdue()) : undefined;
      if (loop !== undefined) return loop;
      this.round += 1;
      this.#runTasks();
      changed = this.#mergeAll();
    }
    return undefined;
  }

  /** Values that do not depend on themselves are there after as many rounds as there are options. */
  #isOverdue(): boolean {
    if (this.round < patientRounds) return false;
    const options = [...this.scopes].reduce((sum, { shape }) => sum + shape.size, 0);
    return this.round > patientRounds + 2 * options;
  }

  #runTasks(): void {
    const tasks = [...this.#tasks].filter(({ disposed }) => !disposed);
    this.#tasks = new Set();
    for (const task of tasks) task.run();
    for (const task of tasks) task.deliver();
  }

  /** Merges what has new definitions; merging may make submodules, whose options are merged as well. */
  #mergeAll(): OptionNode[] {
    const merged: OptionNode[] = [];
    while (this.#unmerged.size > 0) {
      const nodes = [...this.#unmerged];
      this.#unmerged = new Set();
      for (const node of nodes) {
        if (node.disposed) continue;
        mergeOption(node);
        merged.push(node);
      }
    }
    return this.#commit(merged);
  }

  /** Makes the merged values those of the next round, and wakes whoever read what changed. */
  #commit(merged: readonly OptionNode[]): OptionNode[] {
    const alive = merged.filter(({ disposed }) => !disposed);
    const changed = alive.filter((node) => node.commit());
    // How an option is defined can change while its value does not.
    const redefined = alive.filter(({ infoReaders }) => infoReaders !== undefined);
    const all = redefined.length === 0 ? changed : [...new Set([...changed, ...redefined])];
    if (this.keepsCauses) for (const node of all) node.cause = { changed: node, round: this.round, up: node.trigger };
    for (const node of changed) this.#wake(node, node.readers);
    for (const node of redefined) this.#wake(node, node.infoReaders);
    return all;
  }

  #wake({ cause }: OptionNode, readers: ReadonlySet<Reader> | undefined): void {
    for (const reader of readers ?? []) {
      if (reader.disposed) continue;
      reader.trigger = cause;
      if (reader instanceof ConfigTask) this.#tasks.add(reader);
      else if (reader instanceof OptionNode) this.#unmerged.add(reader);
    }
  }
}
