import { renderPath, renderValue, showableThrown } from "@firn/diagnostic";
import { type Definition, discharge, findWrapper, moveOrigin, placeOf, unfold, type Wrapper } from "@firn/definition";
import { definitionMarks, isPlainObject } from "@firn/option";
import { conditionProblem } from "./condition-problem.ts";
import type { Collected, GroupNode, OptionNode } from "./graph.ts";
import { renderNested } from "./render-nested.ts";

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
  const { order, origin, priority } = definition;
  for (const name of Object.keys(members)) {
    const child = group.children.get(name);
    // Written out, since a spread takes several times as long, and this is what evaluation does most.
    const member = { value: members[name], priority, order, origin };
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
  if (on.inactive === true || isDropped(definition.value)) return;
  on.collected.forwarded.push({ node, place: placeOf(definition.origin, node.path) });
  if (forward?.kind === "merged") addDefinition(node, definition, on.collected);
  if (forward?.kind !== "alias") return;
  const origin = moveOrigin(definition.origin, node.path, [...node.scope.path, ...forward.to]);
  for (const each of convertDefinition({ node, definition }, forward, on)) {
    const value = forward.to.reduceRight<unknown>((inner, part) => ({ [part]: inner }), each.value);
    collect({ ...each, value, origin }, node.scope.root, on);
  }
}

/** Tells whether conditions drop all of a value, as far as that is known without computing anything. */
function isDropped(value: unknown): boolean {
  const wrapper = findWrapper(value);
  if (wrapper === undefined || wrapper.kind === "lazy") return false;
  if (wrapper.kind === "merge") return wrapper.contents.every(isDropped);
  return (wrapper.kind === "if" && wrapper.condition === false) || isDropped(wrapper.content);
}

type Alias = Extract<OptionNode["shape"]["forward"], { kind: "alias" }>;

function convertDefinition(
  { node, definition }: { node: OptionNode; definition: Definition },
  { convert, to }: Alias,
  { collected }: Collecting,
): Definition[] {
  if (convert === undefined) return [definition];
  const found: Definition[] = [];
  discharge(definition, found, { force: (compute) => compute(), badCondition: () => undefined });
  return found.flatMap((each) => {
    try {
      return { ...each, value: convert(each.value) };
    } catch (thrown) {
      collected.problems.push(conversionProblem({ node, definition: each }, to, showableThrown(thrown)));
      return [];
    }
  });
}

function conversionProblem(
  { node, definition }: { node: OptionNode; definition: Definition },
  to: readonly string[],
  thrown: unknown,
): Collected["problems"][number] {
  const target = renderPath([...node.scope.path, ...to]);
  const thrower = thrown instanceof Error ? [{ role: "thrown here", place: { capture: thrown } }] : [];
  return {
    code: "coercion-failed",
    severity: "error",
    message: `Cannot convert the definition of "${renderPath(node.path)}": ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    optionPath: node.path,
    marks: [...definitionMarks([definition], node.path), ...thrower],
    fix: `Define "${target}" instead`,
    cause: thrown,
  };
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
    why: [
      `Its options: ${[...group.children.keys()]
        .filter((name) => name !== "_module")
        .slice(0, 6)
        .join(", ")}`,
    ],
    fix: adviseSet(definition.value, group),
  } as const;
}

function adviseSet(value: unknown, { children }: GroupNode): string {
  const names = [...children.keys()].filter((name) => name !== "_module");
  if (value === undefined || value === null) return "Leave it out where there is nothing to define";
  if (Array.isArray(value) && value.some(isPlainObject)) return "Call define once for each element of the list";
  if (typeof value === "boolean" && names.includes("enable")) return `Write { enable: ${value} }`;
  return names[0] === undefined ? "Write an object" : `Write an object with its options: ${renderNested([names[0]])}`;
}

function badCondition(condition: unknown, definition: Definition, group: GroupNode) {
  const path = [...group.scope.path, ...group.shape.path];
  return {
    ...conditionProblem(condition),
    severity: "error",
    optionPath: path,
    marks: [{ role: "used here", place: placeOf(definition.origin, path) }],
  } as const;
}
