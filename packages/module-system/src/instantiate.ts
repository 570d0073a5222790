import { type Definition, orders, priorities } from "@firn/definition";
import type { OptionNode, Scope } from "./graph.ts";
import { assertEnds } from "./endless-submodule.ts";
import { isModule, type Module } from "./module.ts";
import { disposeScope, giveFromOutside, makeScope } from "./scope.ts";
import type { Shape } from "./shape.ts";
import type { SubmodulePayload } from "./submodule-payload.ts";

interface Instance {
  readonly node: OptionNode;
  /** Tells it from the other submodules in the option's value. */
  readonly key: string;
  readonly path: readonly string[];
  readonly payload: SubmodulePayload;
}

/**
 * Evaluates a submodule at a path: the same scope as in the round before where
 * its modules are the same, so that only what changed runs again.
 */
export function instantiate(instance: Instance, definitions: readonly Definition[]): object {
  const { node, payload } = instance;
  const shape = node.scope.evaluating.shapes.find(modulesWith(payload, definitions), payload.class);
  const scope = findScope(instance, shape);
  giveTo(scope, payload, { definitions, trigger: node.trigger });
  return scope.root.view;
}

/** The modules of a submodule, and those that are its definitions. */
export function modulesWith({ modules }: SubmodulePayload, definitions: readonly Definition[]): readonly Module[] {
  const added = definitions.flatMap(({ value }) => (isModule(value) ? [value] : []));
  return added.length === 0 ? modules : [...modules, ...added];
}

/** Gives a submodule the definitions that are no modules, and its arguments. */
export function giveTo(
  scope: Scope,
  { args }: SubmodulePayload,
  { definitions, trigger }: { definitions: readonly Definition[]; trigger: OptionNode["trigger"] },
): void {
  const given = definitions.some(({ value }) => isModule(value))
    ? definitions.filter(({ value }) => !isModule(value))
    : definitions;
  const values = argumentDefinitions(args, scope.shape, scope.path).concat(given.map(strengthenDefault));
  giveFromOutside(scope, values, trigger);
}

/**
 * Lets the default of the option that holds a submodule win over the defaults
 * that the submodule's own options declare; the outermost wins over all.
 */
function strengthenDefault(definition: Definition): Definition {
  const { priority } = definition;
  return priority > priorities.default ? { ...definition, priority: priority - 1 } : definition;
}

function findScope({ node, key, path, payload }: Instance, shape: Shape): Scope {
  const known = node.instances?.get(key);
  if (known?.shape === shape) return known;
  if (known !== undefined) disposeScope(known);
  assertEnds(node.scope);
  const { evaluating } = node.scope;
  const scope = makeScope({ evaluating, shape, path, owner: node, name: path.at(-1) ?? "", class: payload.class });
  node.instances ??= new Map();
  node.instances.set(key, scope);
  return scope;
}

/** Turns the arguments that modules ask for into definitions that win over all others. */
export function argumentDefinitions(
  args: { readonly [name: string]: unknown },
  shape: Shape,
  path: readonly string[],
): Definition[] {
  if (Object.keys(args).length === 0) return [];
  const asked = new Set(shape.modules.flatMap(({ settings }) => Object.keys(settings.args ?? {})));
  const given = Object.entries(args).filter(([name]) => asked.has(name));
  if (given.length === 0) return [];
  const label = "the arguments of the evaluation";
  const origin = { module: label, place: { label }, depth: path.length };
  return [{ value: { _module: { args: Object.fromEntries(given) } }, priority: 0, order: orders.plain, origin }];
}
