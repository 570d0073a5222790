import { capturePlace, type Place } from "@firn/diagnostic";
import { type Origin, orders, priorities } from "@firn/definition";
import { NO_VALUE } from "@firn/option";
import { collect } from "./collect.ts";
import { makeArgumentsView } from "./config-view.ts";
import {
  type CausedCapture,
  type Collected,
  DefinitionSource,
  nothingCollected,
  type OptionNode,
  type Scope,
} from "./graph.ts";
import type { Module } from "./module.ts";
import { moduleName } from "./module-name.ts";
import { makeOptionsView } from "./options-view.ts";
import type { Cause, Readable } from "./tracker.ts";

/** A message that a config function gave. */
export interface Notice {
  readonly kind: "assertion" | "warning";
  readonly message: string;
}

/** What a config function read and called, seen when it ran once more for an explanation. */
export interface Trace {
  readonly reads: { readonly node: OptionNode; readonly place: Place }[];
  /** The `define` calls, and how many reads came before each. */
  readonly calls: { readonly place: Place; readonly readsBefore: number }[];
  /** The `warn` calls and the `assert` calls that failed. */
  readonly notices: Place[];
}

interface Calls {
  readonly define: (definitions: unknown) => void;
  readonly assert: (condition: boolean, message: string) => void;
  readonly warn: (message: string) => void;
}

/** Frames kept of a read: those of the view come before that of the function. */
const readDepth = 12;

/** Runs the config function of one module in one scope. */
export class ConfigTask extends DefinitionSource {
  readonly module: Module;
  notices: readonly Notice[] = [];
  /** What the function returned, which should be nothing. */
  returned: unknown;
  #result: Collected = nothingCollected();
  /** What the last run read, if that was kept, and how many reads came before each `define` call. */
  #log: { readonly round: number; readonly reads: Readable[]; readonly before: number[] } | undefined;
  #trace: Trace | undefined;

  constructor(scope: Scope, index: number, module: Module) {
    super(scope, index);
    this.module = module;
  }

  /** Runs the function against the configuration of the round. */
  run(): void {
    const collected = nothingCollected();
    const notices: Notice[] = [];
    const { tracker, keepsCauses, round } = this.scope.evaluating;
    const log = keepsCauses ? { round, reads: [], before: [] as number[] } : undefined;
    let call = 0;
    const calls: Calls = {
      define: (definitions) => {
        log?.before.push(log.reads.length);
        this.#collect(definitions, collected, call++);
      },
      assert: (condition, message) => void (condition || notices.push({ kind: "assertion", message })),
      warn: (message) => void notices.push({ kind: "warning", message }),
    };
    this.#log = log;
    this.returned = tracker.run(this, () => this.#call(calls), log?.reads);
    this.notices = notices;
    this.#result = collected;
    this.#trace = undefined;
  }

  /** Gives what the last run defined to the options; apart from `run`, so that no function sees half a round. */
  deliver(): void {
    this.give(this.#result);
  }

  #collect(value: unknown, collected: Collected, call: number): void {
    const definition = { value, priority: priorities.plain, order: orders.plain, origin: this.#origin(call) };
    collect(definition, this.scope.root, { collected });
  }

  #origin(call: number): Origin {
    const label = moduleName(this.module);
    return {
      module: label,
      place: { capture: new CallCapture(this, call), label },
      depth: this.scope.path.length,
      call,
    };
  }

  #call({ define, assert, warn }: Calls): unknown {
    const { root, name, path, class: kind } = this.scope;
    const config = root.view;
    return this.module.settings.config?.(
      {
        config,
        get options() {
          return makeOptionsView(root);
        },
        get args() {
          return makeArgumentsView(root);
        },
        name,
        path,
        class: kind,
        assert,
        warn,
      },
      define,
    );
  }

  /** Finds the change that led to a `define` call: that of the option read last before it. */
  causeOf(call: number): Cause | undefined {
    if (this.#log === undefined) return undefined;
    const { before, reads, round } = this.#log;
    return reads.slice(0, before[call] ?? 0).findLast(({ cause }) => cause?.round === round - 1)?.cause;
  }

  /** Runs the function once more, noting its reads and calls with their places. */
  trace(): Trace {
    this.#trace ??= this.#observe();
    return this.#trace;
  }

  #observe(): Trace {
    const trace: Trace = { reads: [], calls: [], notices: [] };
    const listener = (read: Readable): void => {
      // Options are all that can be read.
      trace.reads.push({ node: read as OptionNode, place: { capture: capturePlace(listener, readDepth) } });
    };
    const define = (): void => {
      trace.calls.push({ place: { capture: capturePlace(define) }, readsBefore: trace.reads.length });
    };
    const warn = (): void => void trace.notices.push({ capture: capturePlace(warn) });
    const assert = (condition: boolean): void =>
      void (condition || trace.notices.push({ capture: capturePlace(assert) }));
    this.scope.evaluating.tracker.observe(this, { listener }, () => void this.#call({ define, assert, warn }));
    return trace;
  }

  /** Finds out what the function would define if all missing values were there. */
  probe(placeholder: unknown): ProbedCall[] {
    const calls: ProbedCall[] = [];
    let missing: ProbedCall["missing"][number][] = [];
    const listener = (read: Readable): void => {
      const node = read as OptionNode; // Options are all that can be read.
      if (node.value === NO_VALUE) missing.push({ node, place: { capture: capturePlace(listener, readDepth) } });
    };
    const define = (definitions: unknown): void => {
      const collected = nothingCollected();
      this.#collect(definitions, collected, 0);
      calls.push({ defined: collected.byNode, missing });
      missing = [];
    };
    const calling: Calls = { define, assert: () => undefined, warn: () => undefined };
    this.scope.evaluating.tracker.observe(this, { listener, placeholder }, () => void this.#call(calling));
    return calls;
  }
}

/** A `define` call as it would be if all missing values were there. */
export interface ProbedCall {
  readonly defined: Collected["byNode"];
  /** The missing options read since the call before. */
  readonly missing: readonly { readonly node: OptionNode; readonly place: Place }[];
}

/** The stack of one `define` call, found only when asked for, by running the function once more. */
export class CallCapture implements CausedCapture {
  readonly task: ConfigTask;
  readonly call: number;

  constructor(task: ConfigTask, call: number) {
    this.task = task;
    this.call = call;
  }

  get stack(): string {
    return this.task.trace().calls[this.call]?.place.capture?.stack ?? "";
  }

  /** The change that led to the call. */
  get cause(): Cause | undefined {
    return this.task.causeOf(this.call);
  }

  get causeOfRun(): Cause | undefined {
    return this.task.waitsFor?.cause ?? this.task.trigger;
  }

  /** The reads that came before the call. */
  get reads(): Trace["reads"] {
    const { calls, reads } = this.task.trace();
    return reads.slice(0, calls[this.call]?.readsBefore ?? 0);
  }

  /** The reads that came after the call before. */
  get ownReads(): Trace["reads"] {
    return this.reads.slice(this.task.trace().calls[this.call - 1]?.readsBefore ?? 0);
  }
}
