import { renderPath, renderValue } from "@firn/diagnostic";
import { type Definition, discharge, findWrapper, moveOrigin, placeOf, unfold, type Wrapper } from "@firn/definition";
import { isPlainObject } from "@firn/option";
import type { Collected, GroupNode, OptionNode } from "./graph.ts";

/** Where a walk through definitions puts what it finds. */
export interface Collecting {
  readonly collected: Collected;
  /** Set below a condition that is false: names are checked, values do not count. */
  readonly inactive?: boolean;
}

/**
 * Walks through what a `define` call was given, down to the options: wrappers
 * around sets of options pass on to each member, those around values stay for
 * the merge.
 */
export function collect(definition: Definition, group: GroupNode, on: Collecting): void {
  const wrapper = findWrapper(definition.value);
  if (wrapper !== undefined) collectWrapped({ definition, wrapper }, group, on);
  else if (isPlainObject(definition.value)) collectMembers(definition, group, on);
  else on.collected.problems.push(notASet(definition, group));
}

function collectWrapped(
  { definition, wrapper }: { definition: Definition; wrapper: Wrapper },
  group: GroupNode,
  on: Collecting,
): void {
  const inner = unfold(definition, wrapper, {
    force: (compute) => compute(),
    dropped: (content) => collect(content, group, { ...on, inactive: true }),
    badCondition: (condition) => on.collected.problems.push(badCondition(condition, definition, group)),
  });
  for (const each of inner) collect(each, group, on);
}

function collectMembers(definition: Definition, group: GroupNode, on: Collecting): void {
  const members = definition.value as Record<string, unknown>;
  for (const name of Object.keys(members)) {
    const child = group.children.get(name);
    const member = { ...definition, value: members[name] };
    if (child === undefined) collectUnmatched(name, member, { group, on });
    else if (child.kind === "group") collect(member, child, on);
    else collectOption(child, member, on);
  }
}

function collectOption(node: OptionNode, definition: Definition, on: Collecting): void {
  const { forward } = node.shape;
  if (forward !== undefined) collectForwarded(node, definition, on);
  else if (on.inactive === true) on.collected.inactive.push({ node, definition });
  else addDefinition(node, definition, on.collected);
}

function addDefinition(node: OptionNode, definition: Definition, { byNode }: Collected): void {
  const found = byNode.get(node);
  if (found === undefined) byNode.set(node, [definition]);
  else found.push(definition);
}

/** Notes the use of an old name, and sends its definitions on. */
function collectForwarded(node: OptionNode, definition: Definition, on: Collecting): void {
  const { forward } = node.shape;
  if (on.inactive === true) return;
  on.collected.forwarded.push({ node, place: placeOf(definition.origin, node.path) });
  if (forward?.kind === "merged") addDefinition(node, definition, on.collected);
  if (forward?.kind !== "alias") return;
  const origin = moveOrigin(definition.origin, node.path, [...node.scope.path, ...forward.to]);
  for (const each of convertDefinition(definition, forward.convert)) {
    const value = forward.to.reduceRight<unknown>((inner, part) => ({ [part]: inner }), each.value);
    collect({ ...each, value, origin }, node.scope.root, on);
  }
}

function convertDefinition(definition: Definition, convert?: (value: unknown) => unknown): Definition[] {
  if (convert === undefined) return [definition];
  const found: Definition[] = [];
  discharge(definition, found, { force: (compute) => compute(), badCondition: () => undefined });
  return found.map((each) => ({ ...each, value: convert(each.value) }));
}

function collectUnmatched(
  name: string,
  definition: Definition,
  { group, on }: { group: GroupNode; on: Collecting },
): void {
  const path = [...group.scope.path, ...group.shape.path, name];
  const { freeform } = group.scope;
  if (freeform === undefined) {
    on.collected.unmatched.push({ path, definition, group });
  } else if (on.inactive !== true) {
    const value = [...group.shape.path, name].reduceRight<unknown>(
      (inner, part) => ({ [part]: inner }),
      definition.value,
    );
    addDefinition(freeform, { ...definition, value }, on.collected);
  }
}

function notASet(definition: Definition, group: GroupNode) {
  const path = [...group.scope.path, ...group.shape.path];
  const where = path.length === 0 ? "the configuration" : `"${renderPath(path)}"`;
  return {
    code: "not-an-option-set",
    severity: "error",
    message: `Cannot define ${where} as ${renderValue(definition.value)}: it is a set of options`,
    optionPath: path,
    marks: [{ role: "defined here", place: placeOf(definition.origin, path) }],
    why: [`The options in it are ${[...group.children.keys()].slice(0, 6).join(", ")}`],
    fix: "Define the options one by one, in an object",
  } as const;
}

function badCondition(condition: unknown, definition: Definition, group: GroupNode) {
  const path = [...group.scope.path, ...group.shape.path];
  return {
    code: "bad-condition",
    severity: "error",
    message: `Cannot use ${renderValue(condition)} as the condition of mkIf: it is not a boolean`,
    optionPath: path,
    marks: [{ role: "used here", place: placeOf(definition.origin, path) }],
    fix: "Compare explicitly, for example value !== null",
  } as const;
}
