import type { Diagnostic, Place } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import { NO_VALUE, type OptionType, sameValue } from "@firn/option";
import type { ShapeCache } from "./shape-cache.ts";
import type { GroupShape, OptionShape, Shape } from "./shape.ts";
import type { SubmodulePayload } from "./submodule-payload.ts";
import { type Cause, type Readable, Reader, type Tracker } from "./tracker.ts";

// What an evaluation consists of: scopes (a host, or one submodule at its path)
// with groups and options in them, and the sources of definitions. Data only;
// what happens to it stands in the files named after it.

/** What all parts of one evaluation share. */
export interface Evaluating {
  readonly tracker: Tracker;
  readonly shapes: ShapeCache;
  /** All that are being evaluated. */
  readonly scopes: ReadonlySet<Scope>;
  /** The round being run; the configuration is that of the round before. */
  readonly round: number;
  /** Whether causes of changes are kept, because a cycle is suspected. */
  readonly keepsCauses: boolean;
  /** Has an option merged again in this round. */
  markForMerging(node: OptionNode): void;
  /** Takes a new scope's functions into the next round. */
  addScope(scope: Scope): void;
  removeScope(scope: Scope): void;
  /** Evaluates a submodule that is no part of this evaluation. */
  evaluateApart(instance: {
    readonly path: readonly string[];
    readonly payload: SubmodulePayload;
    readonly definitions: readonly Definition[];
  }): { readonly view: object; readonly diagnostics: readonly Diagnostic[] };
}

/** One evaluation of a list of modules. */
export interface Scope {
  readonly evaluating: Evaluating;
  readonly shape: Shape;
  /** Path under which the modules stand; empty for a host. */
  readonly path: readonly string[];
  readonly name: string;
  readonly class: string | undefined;
  /** The option whose value a submodule is in; none for a host. */
  readonly owner: OptionNode | undefined;
  readonly root: GroupNode;
  /** All options, that of undeclared names first; not those of submodules. */
  readonly nodes: readonly OptionNode[];
  /** The option that takes all names that no option declares, if they are allowed. */
  readonly freeform: OptionNode | undefined;
  /** In the order of their definitions; the definitions from outside come last. */
  readonly sources: readonly DefinitionSource[];
}

/** A set of options of one scope, and the object through which it is read. */
export interface GroupNode {
  readonly kind: "group";
  readonly scope: Scope;
  readonly shape: GroupShape;
  readonly children: Map<string, OptionNode | GroupNode>;
  readonly view: object;
}

/** Shared, as `noSources` is, since most options have neither. */
export const noProblems: readonly Diagnostic[] = [];
const noSources: readonly DefinitionSource[] = [];

/** One option of one scope: its definitions, its value, and who reads it. */
export class OptionNode extends Reader implements Readable {
  readonly kind = "option";
  readonly scope: Scope;
  readonly shape: OptionShape;
  /** Merged value of the round, or NO_VALUE. */
  value: unknown = NO_VALUE;
  /** Value computed for the next round. */
  next: unknown = NO_VALUE;
  /** Problems of the last merge. */
  problems: readonly Diagnostic[] = noProblems;
  readers: Set<Reader> | undefined;
  infoReaders: Set<Reader> | undefined;
  cause: Cause | undefined;
  /** Who defines it, in the order of their definitions. */
  sources: readonly DefinitionSource[] = noSources;
  /** Submodules in its value, by path. */
  instances: Map<string, Scope> | undefined;

  constructor(scope: Scope, shape: OptionShape) {
    super();
    this.scope = scope;
    this.shape = shape;
  }

  /** Path from the root of the evaluation. */
  get path(): readonly string[] {
    return this.scope.path.length === 0 ? this.shape.path : [...this.scope.path, ...this.shape.path];
  }

  get type(): OptionType {
    return this.shape.declared.type;
  }

  /** All definitions in the order of their sources; the default first. */
  definitions(): readonly Definition[] {
    const { defaults } = this.shape;
    const only = this.sources[0];
    if (only === undefined) return defaults;
    if (this.sources.length > 1) return defaults.concat(...this.sources.map((source) => source.definitionsOf(this)));
    return defaults.length === 0 ? only.definitionsOf(this) : defaults.concat(only.definitionsOf(this));
  }

  addSource(source: DefinitionSource): void {
    const before = this.sources.findLastIndex(({ index }) => index < source.index);
    this.sources = this.sources.toSpliced(before + 1, 0, source);
  }

  removeSource(source: DefinitionSource): void {
    this.sources = this.sources.filter((each) => each !== source);
  }

  /** Makes `next` the value; tells whether that is a change. */
  commit(): boolean {
    if (sameValue(this.value, this.next)) return false;
    this.value = this.next;
    return true;
  }
}

/** A definition of a name that no option declares. */
export interface Unmatched {
  readonly path: readonly string[];
  readonly definition: Definition;
  readonly group: GroupNode;
}

/** What one run of a source gives. */
export interface Collected {
  readonly byNode: Map<OptionNode, Definition[]>;
  readonly unmatched: Unmatched[];
  readonly problems: Diagnostic[];
  /** Uses of renamed and removed options. */
  readonly forwarded: { readonly node: OptionNode; readonly place: Place }[];
  /** Definitions under a condition that is false; they do not count, but can be asked about. */
  readonly inactive: { readonly node: OptionNode; readonly definition: Definition }[];
}

/** An empty result of a run. */
export function nothingCollected(): Collected {
  return { byNode: new Map(), unmatched: [], problems: [], forwarded: [], inactive: [] };
}

const nothing = nothingCollected();

/** Whatever gives definitions to the options of a scope: a module's config function, or definitions from outside. */
export class DefinitionSource extends Reader {
  readonly scope: Scope;
  /** Place in the order of definitions. */
  readonly index: number;
  collected: Collected = nothing;

  constructor(scope: Scope, index: number) {
    super();
    this.scope = scope;
    this.index = index;
  }

  definitionsOf(node: OptionNode): readonly Definition[] {
    return this.collected.byNode.get(node) ?? [];
  }

  /** Replaces what the source gave before, and has the options concerned merged again. */
  give(collected: Collected): void {
    const before = this.collected.byNode;
    this.collected = collected;
    collected.byNode.forEach((given, node) => {
      const known = before.get(node);
      if (known === undefined) node.addSource(this);
      const changed = findChanged(known, given);
      if (changed !== undefined) this.#markForMerging(node, captureOf(changed)?.cause);
    });
    before.forEach(([gone], node) => {
      if (collected.byNode.has(node)) return;
      node.removeSource(this);
      this.#markForMerging(node, gone && captureOf(gone)?.causeOfRun);
    });
  }

  #markForMerging(node: OptionNode, cause: Cause | undefined): void {
    const { evaluating } = this.scope;
    // What it read itself is why it changes, unless that is older.
    if (cause !== undefined && cause.round > (node.trigger?.round ?? -1)) node.trigger = cause;
    evaluating.markForMerging(node);
  }
}

/** The capture of a place that knows which change led to what was defined there. */
export interface CausedCapture {
  readonly cause: Cause | undefined;
  /** The change that led to the run of the function, for what it defined before and not now. */
  readonly causeOfRun: Cause | undefined;
}

function captureOf({ origin }: Definition): Partial<CausedCapture> | undefined {
  return origin.place.capture as Partial<CausedCapture> | undefined; // Those of config functions are.
}

/** Finds a definition that is not as before; where one has gone, one that is left stands for it. */
function findChanged(before: readonly Definition[] | undefined, now: readonly Definition[]): Definition | undefined {
  const changed = now.find((definition, index) => !sameDefinition(before?.[index], definition));
  return changed ?? (before?.length === now.length ? undefined : now.at(-1));
}

function sameDefinition(before: Definition | undefined, now: Definition): boolean {
  if (before === undefined || before.priority !== now.priority || before.order !== now.order) return false;
  // Equal values of another call stand on another line, and submodules have passed the line on.
  if (before.origin.call !== now.origin.call) return false;
  return sameValue(before.value, now.value);
}
