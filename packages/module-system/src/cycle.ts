import { type Diagnostic, type Mark, type Place, renderPath } from "@firn/diagnostic";
import type { OptionNode } from "./graph.ts";
import { findRead } from "./find-read.ts";
import type { Cause } from "./tracker.ts";

/** How often an option may change because of itself before that is a cycle. */
const patience = 100;
/** The same where the value has become so large that it must be growing by itself. */
const patienceForHuge = 4;
const hugeLength = 50_000;
const examined = 4;

/** Options of which each changes because the next does, and the last because the first does. */
export type Loop = readonly OptionNode[];

/**
 * Finds a chain of changes in which an option changes because of itself again
 * and again. Every chain grows by one each round and there are only so many
 * options, so that one repeats: that is why evaluation ends.
 */
export function findLoop(changed: readonly OptionNode[]): Loop | undefined {
  for (const node of changed.slice(0, examined)) {
    const loop = findRepetition(chainOf(node));
    if (loop !== undefined) return loop;
  }
  return undefined;
}

function chainOf(node: OptionNode): OptionNode[] {
  const chain = [node];
  for (let cause: Cause | undefined = node.trigger; cause !== undefined; cause = cause.up) {
    chain.push(cause.changed as OptionNode); // Options are all that can be read.
  }
  return chain;
}

function findRepetition(chain: readonly OptionNode[]): Loop | undefined {
  const seen = new Map<OptionNode, { times: number; last: number }>();
  for (const [index, node] of chain.entries()) {
    const before = seen.get(node);
    const times = (before?.times ?? 0) + 1;
    if (before !== undefined && times > limitFor(node)) return chain.slice(before.last, index);
    seen.set(node, { times, last: index });
  }
  return undefined;
}

function limitFor({ next }: OptionNode): number {
  const isHuge = (typeof next === "string" || Array.isArray(next)) && next.length > hugeLength;
  return isHuge ? patienceForHuge : patience;
}

/** Names a loop of values that never settle, link by link. */
export function loopProblem(loop: Loop): Diagnostic {
  const links = loop.map((node, index) => {
    const reads = loop[(index + 1) % loop.length] ?? node;
    return { node, reads, place: findRead(node, reads) };
  });
  return cycleProblem(links, {
    why: "The values keep changing because they depend on one another",
    fix: "Make one of them independent: define it without reading the others, or give the wanted value with mkForce",
  });
}

/** One link of a cycle: an option, and what is read to define it. */
export interface Link {
  readonly node: OptionNode;
  readonly reads: OptionNode;
  /** Where it is read. */
  readonly place: Place | undefined;
}

/** Names a cycle link by link, each at the line of the read. */
export function cycleProblem(links: readonly Link[], { why, fix }: { why: string; fix: string }): Diagnostic {
  const names = [...links.map(({ node }) => node), links[0]?.node].flatMap((node) =>
    node ? [renderPath(node.path)] : [],
  );
  return {
    code: "cycle",
    severity: "error",
    message: `Cannot compute "${names[0]}": it depends on itself`,
    ...(links[0] && { optionPath: links[0].node.path }),
    marks: links.flatMap(linkMarks),
    why: [`${names.map((name) => `"${name}"`).join(" needs ")}`, why],
    fix,
  };
}

function linkMarks({ node, reads, place }: Link): Mark[] {
  const role = `"${renderPath(reads.path)}" is read here to define "${renderPath(node.path)}"`;
  return [{ role, place: place ?? { label: renderPath(node.path) } }];
}
