import type { Mark, Place } from "@firn/diagnostic";
import { type Definition, placeOf, strongest } from "@firn/definition";
import { NO_VALUE } from "@firn/option";
import { CallCapture } from "./config-task.ts";
import type { Found } from "./find-option.ts";
import type { GroupNode, OptionNode } from "./graph.ts";
import { declarationMarks } from "./merge-problems.ts";
import { unwrapDefinitions } from "./unwrap-definitions.ts";
import { plainValue } from "./plain-value.ts";

/** One definition of an option, and what became of it. */
export interface ExplainedDefinition {
  readonly value: unknown;
  readonly priority: number;
  readonly order: number;
  readonly module: string;
  readonly place: Place;
  /** "used": it is in the value; "overridden": another has a smaller priority; "condition": its condition is false. */
  readonly fate: "used" | "overridden" | "condition";
  /** What the defining function had read before. */
  readonly reads: readonly ExplainedRead[];
}

/** One read of an option by a function that defines another. */
export interface ExplainedRead {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly place: Place;
}

/** Where the value of an option comes from. */
export interface Explanation {
  readonly kind: "option";
  readonly path: readonly string[];
  readonly type: string;
  readonly description: string | undefined;
  /** Merged value as plain data; undefined when there is none. */
  readonly value: unknown;
  readonly declarations: readonly Mark[];
  /** The used ones in merge order, then the others, strongest first. */
  readonly definitions: readonly ExplainedDefinition[];
  /** The options below, where the path names a set of options. */
  readonly below: readonly (readonly string[])[];
}

/** Says where the value of an option comes from, down to the lines that a person wrote. */
export function explainOption(found: Found): Explanation {
  if (found.kind === "group") return explainGroup(found.group);
  const { node } = found;
  return {
    kind: "option",
    path: node.path,
    type: node.type.description,
    description: node.shape.declared.description,
    value: node.value === NO_VALUE ? undefined : plainValue(node.value),
    declarations: declarationMarks(node),
    definitions: explainDefinitions(node),
    below: [...(node.instances?.values() ?? [])].flatMap((scope) => pathsBelow(scope.root)),
  };
}

function explainGroup(group: GroupNode): Explanation {
  const path = [...group.scope.path, ...group.shape.path];
  const rest = { description: undefined, value: plainValue(group.view), declarations: [], definitions: [] };
  return { kind: "option", path, type: "set of options", ...rest, below: pathsBelow(group) };
}

function pathsBelow(group: GroupNode): (readonly string[])[] {
  return [...group.children.values()].flatMap((child) => (child.kind === "option" ? [child.path] : pathsBelow(child)));
}

function explainDefinitions(node: OptionNode): ExplainedDefinition[] {
  const dropped: Definition[] = [];
  const active = unwrapDefinitions(node, (definition) => dropped.push(definition));
  const winning = new Set(node.type.hasFields === true ? active : strongest(active));
  const losing = active.filter((each) => !winning.has(each)).toSorted((a, b) => a.priority - b.priority);
  return [
    ...[...winning].map((definition) => explainDefinition(node, definition, "used")),
    ...losing.map((definition) => explainDefinition(node, definition, "overridden")),
    ...[...dropped, ...inactiveDefinitions(node)].map((definition) => explainDefinition(node, definition, "condition")),
  ];
}

function inactiveDefinitions(node: OptionNode): Definition[] {
  const { sources } = node.scope;
  return sources.flatMap(({ collected }) =>
    collected.inactive.filter((each) => each.node === node).map(({ definition }) => definition),
  );
}

function explainDefinition(
  node: OptionNode,
  definition: Definition,
  fate: ExplainedDefinition["fate"],
): ExplainedDefinition {
  const { value, priority, order, origin } = definition;
  const { capture } = origin.place;
  return {
    value: plainValue(value),
    priority,
    order,
    module: origin.module,
    place: placeOf(origin, node.path),
    fate,
    reads: capture instanceof CallCapture ? explainReads(capture) : [],
  };
}

function explainReads(capture: CallCapture): ExplainedRead[] {
  const byNode = new Map(capture.reads.map((read) => [read.node, read]));
  return [...byNode.values()].map(({ node, place }) => ({
    path: node.path,
    value: node.value === NO_VALUE ? undefined : plainValue(node.value),
    place,
  }));
}
