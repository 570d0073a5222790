import { type Definition, strongest } from "@firn/definition";
import type { OptionType } from "@firn/option";
import type { GroupNode, OptionNode } from "./graph.ts";
import { unwrapDefinitions } from "./unwrap-definitions.ts";
import { moduleName } from "./module-name.ts";
import type { OptionInfo } from "./option-info.ts";

const views = new WeakMap<GroupNode, object>();

/** Makes `options`: what is known of each option, nested like the configuration. */
export function makeOptionsView(group: GroupNode): object {
  const known = views.get(group);
  if (known !== undefined) return known;
  const view = {};
  for (const [name, child] of group.children) {
    const get = (): object => (child.kind === "group" ? makeOptionsView(child) : new NodeInfo(child));
    Object.defineProperty(view, name, { get, enumerable: true });
  }
  views.set(group, Object.freeze(view));
  return view;
}

/** Reads what is known of one option, noting that it was read. */
export class NodeInfo implements OptionInfo {
  readonly #node: OptionNode;

  constructor(node: OptionNode) {
    this.#node = node;
  }

  get path(): readonly string[] {
    return this.#node.path;
  }

  get type(): OptionType {
    return this.#node.type;
  }

  get description(): string | undefined {
    return this.#node.shape.declared.description;
  }

  get isDefined(): boolean {
    return this.#read().length > 0;
  }

  get highestPriority(): number {
    return strongest(this.#read())[0]?.priority ?? 9999;
  }

  get definitions(): OptionInfo["definitions"] {
    return strongest(this.#read()).map(({ value, origin }) => ({ value, module: origin.module }));
  }

  get declarations(): readonly string[] {
    return this.#node.shape.modules.map(moduleName);
  }

  #read(): Definition[] {
    this.#node.scope.evaluating.tracker.noteInfo(this.#node);
    return unwrapDefinitions(this.#node);
  }
}
