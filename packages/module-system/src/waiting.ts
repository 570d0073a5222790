import type { Diagnostic, Place } from "@firn/diagnostic";
import { type Definition, findWrapper } from "@firn/definition";
import { NO_VALUE } from "@firn/option";
import { ConfigTask } from "./config-task.ts";
import { cycleProblem } from "./cycle.ts";
import { readsOfMerge } from "./find-read.ts";
import { OptionNode, type Scope } from "./graph.ts";
import { noValueProblem } from "./no-value.ts";
import { makePlaceholder } from "./placeholder.ts";
import type { Reader } from "./tracker.ts";

/**
 * Reports why functions still wait when everything stands still: an option
 * that nobody defines, or options that wait for one another. Whatever waits
 * for something reported already is not reported again.
 */
export function diagnoseWaiting(scopes: Iterable<Scope>): Diagnostic[] {
  const stopped = [...scopes].flatMap(({ sources, nodes }) => [
    ...sources.filter(isStopped),
    ...nodes.filter(isStopped),
  ]);
  const search = new WaitSearch(stopped.flatMap(stoppedDefinitions));
  for (const { waitsFor } of stopped) {
    // Options are all that can be read.
    if (waitsFor !== undefined) search.follow(waitsFor as OptionNode, []);
  }
  return search.diagnostics;
}

function isStopped({ waitsFor, thrown }: Reader): boolean {
  return waitsFor !== undefined || thrown !== undefined;
}

/** Where a missing option is read, and whether it only happens to be read earlier in the same function. */
interface Need {
  readonly place: Place;
  readonly earlier: boolean;
}

/** The missing options that an option needs before it can be defined. */
type Needs = ReadonlyMap<OptionNode, Need>;

/** What a stopped function would define in one call, and what that needs. */
interface StoppedDefinition {
  readonly node: OptionNode;
  readonly definitions: readonly Definition[];
  readonly needs: Needs;
}

function stoppedDefinitions(reader: Reader): StoppedDefinition[] {
  if (reader instanceof ConfigTask) return stoppedCalls(reader);
  if (!(reader instanceof OptionNode)) return [];
  const missing = readsOfMerge(reader).filter(({ node }) => node.value === NO_VALUE);
  return [
    {
      node: reader,
      definitions: [],
      needs: new Map(missing.map(({ node, place }) => [node, { place, earlier: false }])),
    },
  ];
}

/**
 * What stands before a `define` call is what it needs; a call before which
 * nothing missing is read waits for what stopped the function before.
 */
function stoppedCalls(task: ConfigTask): StoppedDefinition[] {
  const before = new Map<OptionNode, Need>();
  return task.probe(makePlaceholder()).flatMap(({ defined, missing }) => {
    const own = new Map(missing.map(({ node, place }) => [node, { place, earlier: false }]));
    for (const [node, { place }] of own) before.set(node, { place, earlier: true });
    const needs = own.size > 0 ? own : new Map(before);
    return [...defined].map(([node, definitions]) => ({ node, definitions, needs }));
  });
}

/** Tells whether a value has something at a path, as far as can be seen without evaluating. */
function reaches(value: unknown, [part, ...rest]: readonly string[]): boolean {
  if (part === undefined || typeof value === "function") return true;
  const wrapper = findWrapper(value);
  if (wrapper?.kind === "lazy") return true;
  if (wrapper?.kind === "merge") return wrapper.contents.some((content) => reaches(content, [part, ...rest]));
  if (wrapper !== undefined) return reaches(wrapper.content, [part, ...rest]);
  return typeof value === "object" && value !== null && part in value && reaches(Reflect.get(value, part), rest);
}

class WaitSearch {
  readonly diagnostics: Diagnostic[] = [];
  readonly #stopped: readonly StoppedDefinition[];
  readonly #finished = new Set<OptionNode>();

  constructor(stopped: readonly StoppedDefinition[]) {
    this.#stopped = stopped;
  }

  /** Follows what an option needs, down to one that nobody defines or around a circle. */
  follow(node: OptionNode, trail: readonly OptionNode[]): void {
    const around = trail.indexOf(node);
    if (around >= 0) return this.#reportCircle(trail.slice(around));
    if (this.#finished.has(node)) return;
    const needs = this.#findNeeds(node);
    // A definition that needs nothing and still gives no value has a condition that does not hold.
    const isMissing = needs === undefined || needs.size === 0;
    if (isMissing && node.problems.length === 0) this.#reportMissing(node, trail.at(-1));
    for (const needed of needs?.keys() ?? []) this.follow(needed, [...trail, node]);
    this.#finished.add(node);
  }

  /** What an option needs, if anyone would define it; for one in a submodule, also through what holds it. */
  #findNeeds(node: OptionNode): Needs | undefined {
    const found = this.#definitionsOf(node, node, []);
    return found.length === 0 ? undefined : new Map(found.flatMap(({ needs }) => [...needs]));
  }

  #definitionsOf(node: OptionNode, holder: OptionNode, inside: readonly string[]): StoppedDefinition[] {
    const own = this.#stopped.filter((each) => each.node === holder && isAbout(each, inside));
    const { owner } = holder.scope;
    if (owner === undefined) return own;
    return [...own, ...this.#definitionsOf(node, owner, node.path.slice(owner.path.length))];
  }

  #needOf(node: OptionNode | undefined, needed: OptionNode): Need | undefined {
    const own = node && this.#findNeeds(node)?.get(needed);
    return own ?? this.#stopped.find(({ needs }) => needs.has(needed))?.needs.get(needed);
  }

  #reportMissing(node: OptionNode, reader: OptionNode | undefined): void {
    this.diagnostics.push(noValueProblem(node, this.#needOf(reader, node)?.place ?? readPlace(node)));
  }

  #reportCircle(circle: readonly OptionNode[]): void {
    if (circle.some((node) => this.#finished.has(node))) return;
    for (const node of circle) this.#finished.add(node);
    const links = circle.map((node, index) => {
      const reads = circle[(index + 1) % circle.length] ?? node;
      const need = this.#needOf(node, reads);
      return { node, reads, place: need?.place, earlier: need?.earlier === true };
    });
    this.diagnostics.push(cycleProblem(links, { why: whyCircle, fix: fixCircle }));
  }
}

function isAbout({ definitions }: StoppedDefinition, inside: readonly string[]): boolean {
  return inside.length === 0 || definitions.some(({ value }) => reaches(value, inside));
}

/** Where an option is read by a function that defines nothing after it. */
function readPlace(node: OptionNode): Place | undefined {
  for (const reader of node.readers ?? []) {
    const reads = reader instanceof ConfigTask ? reader.trace().reads : [];
    const found = reads.findLast((read) => read.node === node);
    if (found !== undefined) return found.place;
  }
  return undefined;
}

const whyCircle = "Each is defined only after the next has been read, so that none of them ever gets a value";
const fixCircle =
  "If a value does not need what its define call reads, define it in a call of its own before the read; or give the dependent one as lazy(() => …)";
