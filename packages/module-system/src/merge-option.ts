import { type Definition, strongest } from "@firn/definition";
import { NO_VALUE } from "@firn/option";
import { noProblems, type OptionNode } from "./graph.ts";
import { readOnlyProblem, thrownInMerge } from "./merge-problems.ts";
import { type Merge, NodeSite } from "./node-site.ts";
import { disposeScope } from "./scope.ts";

/** Merges an option's definitions against the configuration of the round, into its `next` value and problems. */
export function mergeOption(node: OptionNode): void {
  const merge: Merge = { node, problems: undefined, used: undefined };
  const site = new NodeSite(merge);
  const merged = node.scope.evaluating.tracker.run(node, () => mergeAt(node, site));
  if (node.thrown !== undefined) site.report(thrownInMerge(node));
  const failed = node.waitsFor !== undefined || merge.problems !== undefined;
  node.problems = merge.problems ?? noProblems;
  node.next = failed ? NO_VALUE : merged;
  if (node.waitsFor === undefined) disposeUnused(merge);
}

function mergeAt(node: OptionNode, site: NodeSite): unknown {
  const { declared } = node.shape;
  const found = site.discharge(node.definitions());
  if (declared.readOnly === true && found.length > 1) return site.fail(readOnlyProblem(node, found));
  const merged = mergeFound(node, found, site);
  return merged === NO_VALUE || declared.apply === undefined ? merged : declared.apply(merged as never);
}

function mergeFound({ type }: OptionNode, found: readonly Definition[], site: NodeSite): unknown {
  if (found.length === 0) return type.empty === undefined ? NO_VALUE : type.empty(site);
  if (type.plain !== true) return type.merge(found, site);
  const winning = strongest(found);
  const value = winning[0]?.value;
  return winning.length === 1 && type.accepts(value) ? value : type.merge(winning, site);
}

function disposeUnused({ node: { instances }, used }: Merge): void {
  if (instances === undefined || instances.size === used?.size) return;
  for (const [key, scope] of instances) {
    if (used?.has(key) === true) continue;
    disposeScope(scope);
    instances.delete(key);
  }
}
