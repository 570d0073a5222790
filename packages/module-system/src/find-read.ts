import { capturePlace, type Place } from "@firn/diagnostic";
import { CallCapture, ConfigTask, type Trace } from "./config-task.ts";
import type { OptionNode } from "./graph.ts";
import { unwrapDefinitions } from "./unwrap-definitions.ts";
import type { Readable } from "./tracker.ts";

const readDepth = 12;

/** Finds where one option is read to define another. */
export function findRead(node: OptionNode, read: OptionNode): Place | undefined {
  for (const task of tasksAbout(node)) {
    const found = lastRead(task.trace().reads, read);
    if (found !== undefined) return found;
  }
  return lastRead(readsOfMerge(node), read);
}

/** The options read for an option alone: since the `define` call before its own, or by its `lazy` values. */
export function readsFor(node: OptionNode): Set<OptionNode> {
  const captures = unwrapSafely(node).map(({ origin }) => origin.place.capture);
  const own = captures.flatMap((capture) => (capture instanceof CallCapture ? capture.ownReads : []));
  return new Set([...own, ...readsOfMerge(node)].map((read) => read.node));
}

function lastRead(reads: Trace["reads"], node: OptionNode): Place | undefined {
  return reads.findLast((each) => each.node === node)?.place;
}

/** The functions that define an option, or that could if they got that far. */
function tasksAbout(node: OptionNode): ConfigTask[] {
  const captures = unwrapSafely(node).map(({ origin }) => origin.place.capture);
  const defining = captures.flatMap((capture) => (capture instanceof CallCapture ? [capture.task] : []));
  return [...new Set([...defining, ...node.scope.sources.filter((source) => source instanceof ConfigTask)])];
}

function unwrapSafely(node: OptionNode): ReturnType<typeof unwrapDefinitions> {
  let found: ReturnType<typeof unwrapDefinitions> = [];
  node.scope.evaluating.tracker.observe(node, {}, () => {
    found = unwrapDefinitions(node);
  });
  return found;
}

/** The reads of an option's own `lazy` values. */
export function readsOfMerge(node: OptionNode): Trace["reads"] {
  const reads: Trace["reads"] = [];
  const listener = (read: Readable): void => {
    reads.push({ node: read as OptionNode, place: { capture: capturePlace(listener, readDepth) } }); // As above.
  };
  node.scope.evaluating.tracker.observe(node, { listener }, () => void unwrapDefinitions(node));
  return reads;
}
