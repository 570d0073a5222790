import { type Diagnostic, type Mark, type Place, renderPath } from "@firn/diagnostic";
import type { OptionNode } from "./graph.ts";
import { findRead, readsFor } from "./find-read.ts";
import type { Cause } from "./tracker.ts";

/** How often an option may change because of itself before that is a cycle. */
const patience = 40;
/** How often it may while what was read for something else could be meant. */
const certainty = 3 * patience;
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
 *
 * @param overdue whether it has taken longer than any evaluation without a cycle can
 */
export function findLoop(changed: readonly OptionNode[], overdue: boolean): Loop | undefined {
  for (const node of changed.slice(0, examined)) {
    const found = findRepetition(chainOf(node), overdue ? 1 : patience);
    if (found !== undefined && (overdue || found.times > certainty || isDirect(found.loop))) return found.loop;
  }
  return overdue ? changed.slice(0, 1) : undefined;
}

function chainOf(node: OptionNode): OptionNode[] {
  const chain = [node];
  for (let cause: Cause | undefined = node.trigger; cause !== undefined; cause = cause.up) {
    chain.push(cause.changed as OptionNode); // Options are all that can be read.
  }
  return chain;
}

/** Tells whether each option of a loop is defined right after the next was read. */
function isDirect(loop: Loop): boolean {
  return loop.every((node, index) => readsFor(node).has(loop[(index + 1) % loop.length] ?? node));
}

interface Repetition {
  readonly loop: Loop;
  readonly times: number;
}

function findRepetition(chain: readonly OptionNode[], limit: number): Repetition | undefined {
  const seen = new Map<OptionNode, { times: number; last: number }>();
  for (const [index, node] of chain.entries()) {
    const before = seen.get(node);
    const times = (before?.times ?? 0) + 1;
    if (before !== undefined && times > Math.min(limit, limitFor(node)))
      return { loop: chain.slice(before.last, index), times };
    seen.set(node, { times, last: index });
  }
  return undefined;
}

function limitFor({ next }: OptionNode): number {
  return isHuge(next) ? patienceForHuge : patience;
}

function isHuge(value: unknown): boolean {
  try {
    return (typeof value === "string" || Array.isArray(value)) && value.length > hugeLength;
  } catch {
    return false; // A proxy may refuse to say.
  }
}

/** Names a loop of values that never settle, link by link. */
export function loopProblem(loop: Loop): Diagnostic {
  const links = loop.map((node, index) => {
    const reads = loop[(index + 1) % loop.length] ?? node;
    return { node, reads, place: findRead(node, reads), earlier: !readsFor(node).has(reads) };
  });
  return cycleProblem(links, explainLoop(loop));
}

function explainLoop([node, ...others]: Loop): { why: string; fix: string } {
  const { next, type } = node ?? {};
  if (typeof next === "function") {
    return {
      why: "Whenever its module runs it makes another function, and the module runs again because it reads it",
      fix: "Make the function outside of config, so that it stays the same",
    };
  }
  const grows = others.length === 0 && typeof next === "object" && next !== null && type?.members !== undefined;
  return {
    why:
      others.length === 0
        ? "Its values keep changing because each depends on the one before"
        : "The values keep changing because they depend on one another",
    fix: grows
      ? "Define only what is to be added: all definitions of the option are merged"
      : "Make one of them independent: define it without reading the others, or give the wanted value with mkForce",
  };
}

/** One link of a cycle: an option, and what is read to define it. */
export interface Link {
  readonly node: OptionNode;
  readonly reads: OptionNode;
  /** Where it is read. */
  readonly place: Place | undefined;
  /** Whether it is read for something else, but by the same function and before the option is defined. */
  readonly earlier?: boolean;
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

function linkMarks({ node, reads, place, earlier }: Link): Mark[] {
  const purpose = earlier === true ? "before the same function defines" : "to define";
  const role = `"${renderPath(reads.path)}" is read here ${purpose} "${renderPath(node.path)}"`;
  return [{ role, place: place ?? { label: renderPath(node.path) } }];
}
