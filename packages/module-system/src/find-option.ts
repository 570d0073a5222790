import type { GroupNode, OptionNode, Scope } from "./graph.ts";

/** What stands at a path: a set of options, or an option and the part of the path inside its value. */
export type Found =
  | { readonly kind: "group"; readonly group: GroupNode }
  | { readonly kind: "option"; readonly node: OptionNode; readonly rest: readonly string[] };

/** Finds what stands at a path from the root, going into submodules. */
export function findOption(scope: Scope, path: readonly string[]): Found | undefined {
  let group = scope.root;
  for (const [index, part] of path.entries()) {
    const child = group.children.get(part);
    if (child === undefined) return scope.freeform && { kind: "option", node: scope.freeform, rest: path };
    if (child.kind === "option") return findInOption(child, path.slice(index + 1));
    group = child;
  }
  return { kind: "group", group };
}

function findInOption(node: OptionNode, rest: readonly string[]): Found | undefined {
  const whole = [...node.path, ...rest];
  for (const scope of node.instances?.values() ?? []) {
    const inside = scope.path.every((part, index) => whole[index] === part);
    if (inside) return findOption(scope, whole.slice(scope.path.length));
  }
  return { kind: "option", node, rest };
}
