import { type Definition, priorities, strongest } from "@firn/definition";
import { NO_VALUE } from "@firn/option";
import { noProblems, type OptionNode } from "./graph.ts";
import { readOnlyProblem, thrownInMerge } from "./merge-problems.ts";
import { type Merge, NodeSite } from "./node-site.ts";
import { disposeScope } from "./scope.ts";

/** Merges an option's definitions against the configuration of the round, into its `next` value and problems. */
export function mergeOption(node: OptionNode): void {
  const undisputed = findUndisputed(node);
  if (undisputed === undefined) mergeFully(node);
  else {
    node.next = undisputed;
    node.problems = noProblems;
    node.waitsFor = undefined;
    node.thrown = undefined;
  }
}

/** Finds the value where there is nothing to merge, as for most options: one plain definition, or the default alone. */
function findUndisputed(node: OptionNode): unknown {
  const { shape, sources } = node;
  const { apply, readOnly, type } = shape.declared;
  if (
    type.plain !== true ||
    apply !== undefined ||
    readOnly === true ||
    sources.length > 1 ||
    shape.defaults.length > 1
  )
    return undefined;
  const given = sources.length === 0 ? shape.defaults[0] : findOnly(sources[0]?.collected.byNode.get(node));
  try {
    return given !== undefined && type.accepts(given.value) ? given.value : undefined;
  } catch {
    return undefined; // A test of the user's that throws is reported by the full merge.
  }
}

/** Finds the definition that stands alone and is stronger than a default. */
function findOnly(given: readonly Definition[] | undefined): Definition | undefined {
  const only = given?.length === 1 ? given[0] : undefined;
  return only !== undefined && only.priority < priorities.optionDefault ? only : undefined;
}

function mergeFully(node: OptionNode): void {
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
