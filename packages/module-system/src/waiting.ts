import type { Diagnostic } from "@firn/diagnostic";
import { ConfigTask } from "./config-task.ts";
import { cycleProblem, type Link } from "./cycle.ts";
import { findWait } from "./find-read.ts";
import { OptionNode, type Scope } from "./graph.ts";
import { noValueProblem } from "./no-value.ts";
import { placeholder } from "./placeholder.ts";
import { nodesOf } from "./scope.ts";
import type { Reader } from "./tracker.ts";

/**
 * Reports why functions still wait when everything stands still: an option
 * that nobody defines, or options that wait for one another. Whatever waits
 * for something reported already is not reported again.
 */
export function diagnoseWaiting(scopes: Iterable<Scope>): Diagnostic[] {
  const readers = [...scopes].flatMap((scope): Reader[] => [...scope.sources, ...nodesOf(scope)]);
  const waiting = readers.filter((reader) => reader.waitsFor !== undefined);
  if (waiting.length === 0) return [];
  const stopped = readers.filter((reader) => reader.waitsFor !== undefined || reader.thrown !== undefined);
  const search = new WaitSearch(definersOf(stopped));
  for (const reader of waiting) search.follow(reader, []);
  return search.diagnostics;
}

/** Who would define an option, had it not been stopped. */
type Definers = ReadonlyMap<OptionNode, readonly Reader[]>;

function definersOf(stopped: readonly Reader[]): Definers {
  const definers = new Map<OptionNode, Reader[]>();
  for (const reader of stopped) {
    for (const node of wouldDefine(reader)) definers.set(node, [...(definers.get(node) ?? []), reader]);
  }
  return definers;
}

function wouldDefine(reader: Reader): Iterable<OptionNode> {
  if (reader instanceof ConfigTask) return reader.probe(placeholder);
  return reader instanceof OptionNode ? [reader] : [];
}

interface Step {
  readonly reader: Reader;
  readonly node: OptionNode;
}

class WaitSearch {
  readonly diagnostics: Diagnostic[] = [];
  readonly #definers: Definers;
  readonly #finished = new Set<Reader>();
  readonly #reported = new Set<OptionNode>();

  constructor(definers: Definers) {
    this.#definers = definers;
  }

  /** Follows what a reader waits for, down to a root or around a circle. */
  follow(reader: Reader, trail: readonly Step[]): void {
    const around = trail.findIndex((step) => step.reader === reader);
    if (around >= 0) return this.#reportCircle(trail.slice(around));
    if (this.#finished.has(reader) || reader.waitsFor === undefined) return;
    const node = reader.waitsFor as OptionNode; // Options are all that can be read.
    const definers = this.#findDefiners(node);
    if (definers.length === 0) this.#reportMissing(node, reader);
    for (const definer of definers) this.follow(definer, [...trail, { reader, node }]);
    this.#finished.add(reader);
  }

  /** Who would define an option; for one in a submodule, also who would define what holds it. */
  #findDefiners(node: OptionNode): readonly Reader[] {
    const { owner } = node.scope;
    const own = this.#definers.get(node) ?? [];
    return owner === undefined ? own : [...own, ...this.#findDefiners(owner)];
  }

  #reportMissing(node: OptionNode, reader: Reader): void {
    if (node.problems.length > 0 || this.#reported.has(node)) return;
    this.#reported.add(node);
    this.diagnostics.push(noValueProblem(node, findWait(reader, node)));
  }

  #reportCircle(steps: readonly Step[]): void {
    if (steps.some(({ node }) => this.#reported.has(node))) return;
    for (const { node } of steps) this.#reported.add(node);
    const links = steps.map((step, index): Link => ({
      node: steps.at(index - 1)?.node ?? step.node,
      reads: step.node,
    }));
    this.diagnostics.push(cycleProblem(links, { why: whyCircle, fix: fixCircle }));
  }
}

const whyCircle = "Each is defined only after the next has been read, so that none of them ever gets a value";
const fixCircle =
  "If a value does not need what its define call reads, define it in a call of its own before the read; or give the dependent one as lazy(() => …)";
