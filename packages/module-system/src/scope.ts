import type { Definition } from "@firn/definition";
import { option, type OptionType } from "@firn/option";
import { collect } from "./collect.ts";
import { ConfigTask } from "./config-task.ts";
import { makeConfigView } from "./config-view.ts";
import { DefinitionSource, type GroupNode, nothingCollected, OptionNode, type Scope } from "./graph.ts";
import type { GroupShape, OptionShape, Shape } from "./shape.ts";

/** What a scope is made of. */
export type ScopeSettings = Pick<Scope, "evaluating" | "shape" | "path" | "owner" | "name" | "class">;

/** Makes the options and config tasks of modules at a path; all options are to be merged. */
export function makeScope(settings: ScopeSettings): Scope {
  const scope = new MadeScope(settings);
  settings.evaluating.addScope(scope);
  return scope;
}

class MadeScope implements Scope {
  readonly evaluating: Scope["evaluating"];
  readonly shape: Shape;
  readonly path: readonly string[];
  readonly name: string;
  readonly class: string | undefined;
  readonly owner: OptionNode | undefined;
  readonly nodes: OptionNode[] = [];
  readonly freeform: OptionNode | undefined;
  readonly root: GroupNode;
  readonly sources: readonly DefinitionSource[];

  constructor(settings: ScopeSettings) {
    const { shape } = settings;
    this.evaluating = settings.evaluating;
    this.shape = shape;
    this.path = settings.path;
    this.name = settings.name;
    this.class = settings.class;
    this.owner = settings.owner;
    this.freeform = shape.freeform && makeNode(this, freeformShape(shape, shape.freeform));
    this.root = makeGroup(this, shape.root);
    const configuring = shape.modules.filter((module) => typeof module.settings.config === "function");
    const tasks = configuring.map((module, index) => new ConfigTask(this, index, module));
    this.sources = [...tasks, new DefinitionSource(this, tasks.length)];
  }
}

function makeGroup(scope: MadeScope, shape: GroupShape): GroupNode {
  const children: GroupNode["children"] = new Map();
  const group = { kind: "group", scope, shape, children } as const;
  for (const [name, child] of shape.children) {
    children.set(name, child.kind === "group" ? makeGroup(scope, child) : makeNode(scope, child));
  }
  return Object.assign(group, { view: makeConfigView(group) });
}

function makeNode(scope: MadeScope, shape: OptionShape): OptionNode {
  const node = new OptionNode(scope, shape);
  scope.nodes.push(node);
  scope.evaluating.markForMerging(node);
  return node;
}

function freeformShape({ modules }: Shape, type: OptionType): OptionShape {
  const declaring = modules.filter(({ settings }) => settings.freeform !== undefined);
  const declared = option({ type, internal: true });
  return { kind: "option", path: [], declared, modules: declaring, defaults: [], forward: undefined };
}

/** Gives a scope the definitions that stand outside of it: each is a set of its options. */
export function giveFromOutside(
  scope: Scope,
  definitions: readonly Definition[],
  trigger: OptionNode["trigger"],
): void {
  const source = scope.sources.at(-1);
  if (source === undefined) return;
  const collected = nothingCollected();
  for (const definition of definitions) collect(definition, scope.root, { collected });
  source.trigger = trigger;
  source.give(collected);
}

/** Takes a scope out of the evaluation, with every submodule in it. */
export function disposeScope(scope: Scope): void {
  for (const source of scope.sources) source.disposed = true;
  for (const node of scope.nodes) {
    node.disposed = true;
    for (const inner of node.instances?.values() ?? []) disposeScope(inner);
  }
  scope.evaluating.removeScope(scope);
}
