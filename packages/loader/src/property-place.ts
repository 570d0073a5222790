import { childrenOf, isNode, type SyntaxNode } from "./source-parser.ts";

/** Where a property path leads to in the source of a call. */
export interface PropertyPlace {
  /** Offset of the deepest part of the path that stands there literally. */
  readonly offset: number;
  /** Whether the whole path was found, and in one place only. */
  readonly exact: boolean;
}

/**
 * Finds the call whose callee starts at or around an offset, as the position
 * of a stack frame says it.
 */
export function findCall(program: SyntaxNode, offset: number): SyntaxNode | undefined {
  let found: SyntaxNode | undefined;
  const visit = (node: SyntaxNode): void => {
    if (node.start > offset || node.end <= offset) return;
    // Inner calls come later and are nearer to the offset.
    if (node.type === "CallExpression" && isNode(node["callee"]) && offset < node["callee"].end) found = node;
    for (const child of childrenOf(node)) visit(child);
  };
  visit(program);
  return found;
}

/**
 * Finds a property path in what a call was given. The literal can have levels
 * that the path has not: calls such as `mkIf`, and in the arguments of calls
 * what `wrappingKeys` names. Numbers in the path choose elements of lists.
 */
export function findProperty(call: SyntaxNode, path: readonly string[]): PropertyPlace {
  const match = searchAll(argumentsOf(call), path);
  if (match === undefined) return { offset: call.start, exact: path.length === 0 };
  return { offset: match.node.start, exact: match.depth === path.length && !match.isAmbiguous };
}

/** The deepest node that a path leads to, and how many parts of the path it took. */
interface Match {
  readonly node: SyntaxNode;
  readonly depth: number;
  /** Set when another place is as good. */
  readonly isAmbiguous: boolean;
}

function search(node: SyntaxNode, path: readonly string[]): Match | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return undefined;
  const direct = findPart(node, part);
  if (direct === undefined) return searchAll(insideOf(node), path);
  const below = direct.value === undefined ? undefined : search(direct.value, rest);
  if (below !== undefined) return { ...below, depth: below.depth + 1 };
  return { node: direct.place, depth: 1, isAmbiguous: false };
}

/** Searches alternatives: the deepest match wins, then the first. */
function searchAll(nodes: readonly SyntaxNode[], path: readonly string[]): Match | undefined {
  const matches = nodes.flatMap((node) => search(node, path) ?? []);
  const depth = Math.max(0, ...matches.map((match) => match.depth));
  const [first, second] = matches.filter((match) => match.depth === depth);
  return first && { ...first, isAmbiguous: first.isAmbiguous || second !== undefined };
}

interface Part {
  /** What to point at. */
  readonly place: SyntaxNode;
  readonly value: SyntaxNode | undefined;
}

function findPart(node: SyntaxNode, part: string): Part | undefined {
  if (node.type === "ObjectExpression") return findKey(node, part);
  if (node.type !== "ArrayExpression" || !/^\d+$/.test(part)) return undefined;
  const elements = node["elements"] as readonly (SyntaxNode | null)[]; // Null stands for a hole.
  const before = elements.slice(0, Number(part) + 1);
  const element = before.at(Number(part));
  // After a spread nobody knows which element is which.
  const isKnown = isNode(element) && !before.some((other) => other?.type === "SpreadElement");
  return isKnown ? { place: element, value: element } : undefined;
}

/** Of a key that stands twice in a literal, the last counts. */
function findKey(object: SyntaxNode, name: string): Part | undefined {
  const property = childrenOf(object).findLast((child) => child.type === "Property" && keyOf(child) === name);
  const key = property?.["key"];
  if (property === undefined || !isNode(key)) return undefined;
  const value = property["value"];
  return { place: key, value: isNode(value) ? value : undefined };
}

function keyOf(property: SyntaxNode): string | undefined {
  const key = property["key"];
  if (!isNode(key)) return undefined;
  if (key.type === "Literal") return String(key["value"]);
  if (key.type === "TemplateLiteral") return plainTemplate(key);
  return property["computed"] === true ? undefined : String(key["name"]);
}

function plainTemplate(template: SyntaxNode): string | undefined {
  const [quasi, ...more] = template["quasis"] as readonly { value: { cooked: string } }[]; // As ESTree says.
  return more.length === 0 ? quasi?.value.cooked : undefined;
}

/** The expressions in which a path may go on when a node itself has no such part. */
function insideOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.type) {
    case "CallExpression":
    case "NewExpression":
      return argumentsOf(node);
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return returnedBy(node);
    case "ConditionalExpression":
      return [node["consequent"], node["alternate"]].filter(isNode);
    case "ObjectExpression":
      // Other properties lead elsewhere, even if one of the same name stands below them.
      return childrenOf(node).filter(({ type }) => type === "SpreadElement");
    case "ArrayExpression":
    case "SpreadElement":
    case "LogicalExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
      return childrenOf(node);
    default:
      return [];
  }
}

/** Keys of what `defineModule`, `types.submodule` and `option` take; the levels that they make are in no option path. */
const wrappingKeys = ["options", "config", "type"];

/** Lists the arguments of a call, and what stands in them under a wrapping key. */
function argumentsOf(call: SyntaxNode): SyntaxNode[] {
  const given = call["arguments"];
  const nodes = Array.isArray(given) ? given.filter(isNode) : [];
  const wrapped = nodes
    .filter(({ type }) => type === "ObjectExpression")
    .flatMap((object) => wrappingKeys.flatMap((key) => findKey(object, key)?.value ?? []));
  return [...nodes, ...wrapped];
}

function returnedBy(node: SyntaxNode): SyntaxNode[] {
  const body = node["body"];
  if (!isNode(body)) return [];
  return body.type === "BlockStatement" ? returnsIn(body) : [body];
}

/** Lists what the `return` statements of a function give, not those of functions inside it. */
function returnsIn(node: SyntaxNode): SyntaxNode[] {
  if (/Function/.test(node.type)) return [];
  if (node.type === "ReturnStatement") return [node["argument"]].filter(isNode);
  return childrenOf(node).flatMap(returnsIn);
}
