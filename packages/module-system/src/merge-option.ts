import type { Diagnostic } from "@firn/diagnostic";
import type { Definition } from "@firn/definition";
import { NO_VALUE } from "@firn/option";
import type { OptionNode } from "./graph.ts";
import { readOnlyProblem, thrownInMerge } from "./merge-problems.ts";
import { NodeSite } from "./node-site.ts";
import { disposeScope } from "./scope.ts";

/** Merges an option's definitions against the configuration of the round, into its `next` value and problems. */
export function mergeOption(node: OptionNode): void {
  const used = new Set<string>();
  const problems: Diagnostic[] = [];
  const site = new NodeSite({ node, path: node.path, problems, used });
  const merged = node.scope.evaluating.tracker.run(node, () => mergeAt(node, site));
  if (node.thrown !== undefined) problems.push(thrownInMerge(node));
  const failed = node.waitsFor !== undefined || problems.length > 0;
  node.problems = problems;
  node.next = failed ? NO_VALUE : merged;
  if (node.waitsFor === undefined) disposeUnused(node, used);
}

function mergeAt(node: OptionNode, site: NodeSite): unknown {
  const { declared } = node.shape;
  const found = site.discharge(node.definitions());
  if (declared.readOnly === true && found.length > 1) return site.fail(readOnlyProblem(node, found));
  const merged = mergeFound(node, found, site);
  return merged === NO_VALUE || declared.apply === undefined ? merged : declared.apply(merged as never);
}

function mergeFound({ type }: OptionNode, found: readonly Definition[], site: NodeSite): unknown {
  const [only] = found;
  if (only === undefined) return type.empty === undefined ? NO_VALUE : type.empty(site);
  if (found.length === 1 && type.plain === true && type.accepts(only.value)) return only.value;
  return type.merge(found, site);
}

function disposeUnused(node: OptionNode, used: ReadonlySet<string>): void {
  if (node.instances.size === used.size) return;
  for (const [key, scope] of node.instances) {
    if (used.has(key)) continue;
    disposeScope(scope);
    node.instances.delete(key);
  }
}
