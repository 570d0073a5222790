import { type Diagnostic, nearestNames, renderPath, similarNames } from "@firn/diagnostic";
import { isPlainObject } from "@firn/option";
import type { GroupNode, Unmatched } from "./graph.ts";
import { renderNested } from "./render-nested.ts";

type Advice = Pick<Diagnostic, "why" | "fix">;

/** Says what may have been meant by a name that no option has, and what to do. */
export function adviseUnknown({ path, definition, group }: Unmatched): Advice {
  const name = path.at(-1) ?? "";
  const within = path.slice(group.scope.path.length);
  if (within[0] === "_module") return adviseArgument(within, definition.value);
  if (within.length === 1 && name === "imports") return { fix: "Give imports to defineModule, beside config" };
  const siblings = [...group.children.keys()].filter((each) => each !== "_module");
  const parts = name.split(".");
  if (siblings.includes(parts[0] ?? "")) return { fix: `Write the path as nested objects: ${renderNested(parts)}` };
  if (similarNames(name, siblings).length > 0) return suggest(path, siblings);
  const elsewhere = findNamed(group.scope.root, name);
  if (elsewhere.length > 0) return { fix: suggestion(elsewhere) };
  const members = isPlainObject(definition.value) ? Object.keys(definition.value) : [];
  if (members.some((member) => siblings.includes(member)))
    return { fix: `Leave out the level "${name}": what it contains belongs one level higher` };
  return describeSiblings(path, siblings);
}

function adviseArgument([, , name = "name"]: readonly string[], value: unknown): Advice {
  const given = isPlainObject(value) && isPlainObject(value["args"]) ? Object.keys(value["args"])[0] : undefined;
  return {
    why: ["No module asks for this argument"],
    fix: `Declare it in the module that reads it, beside its options: args: { ${given ?? name}: types.str }`,
  };
}

function suggest(path: readonly string[], siblings: readonly string[]): Advice {
  const near = nearestNames(path.at(-1) ?? "", siblings);
  return { fix: suggestion(near.map((name) => [...path.slice(0, -1), name])) };
}

function suggestion(paths: readonly (readonly string[])[]): string {
  const names = paths.map((path) => `"${renderPath(path)}"`);
  const list = names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  return `Did you mean ${list}? If not, import the module that declares it`;
}

/** Finds options and sets of options of exactly this name, wherever they stand. */
function findNamed(group: GroupNode, name: string): (readonly string[])[] {
  const found: (readonly string[])[] = [];
  const visit = ({ scope, shape, children }: GroupNode): void => {
    for (const [part, child] of children) {
      if (part === name) found.push([...scope.path, ...shape.path, part]);
      if (child.kind === "group" && part !== "_module") visit(child);
    }
  };
  visit(group);
  return found.slice(0, 3);
}

const mostListed = 8;

function describeSiblings(path: readonly string[], siblings: readonly string[]): Advice {
  const parent = path.slice(0, -1);
  const fix = "Import the module that declares it, or declare it in the options of a module";
  const place = parent.length === 0 ? "at the top" : `in "${renderPath(parent)}"`;
  if (siblings.length === 0) {
    const nothing = parent.length === 0 ? "The modules declare no options at all" : `No options are declared ${place}`;
    return { why: [nothing], fix };
  }
  if (siblings.length > mostListed) return { fix };
  return { why: [`The only options ${place} are ${siblings.join(", ")}`], fix };
}
