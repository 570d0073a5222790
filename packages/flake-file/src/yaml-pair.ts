import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import { endOf, startOf } from "./flake-source.ts";

/** Gives the offset behind the colon of a pair. */
export function colonEnd(text: string, { key }: Pair): number {
  return text.indexOf(":", isScalar(key) ? endOf(key) : 0) + 1;
}

/** Gives the offset behind the last character of a pair, comments after it not counted. */
export function pairEnd(text: string, pair: Pair): number {
  const { value } = pair;
  if (isScalar(value) && endOf(value) === startOf(value)) return colonEnd(text, pair);
  return isNode(value) ? contentEnd(text, value) : colonEnd(text, pair);
}

/** A map or list in lines of its own ends behind its last part; its own range goes on over comments. */
function contentEnd(text: string, node: Node): number {
  const last: unknown = isMap(node) || isSeq(node) ? node.items.at(-1) : undefined;
  if (isMap(node) && node.flow !== true && last !== undefined) return pairEnd(text, node.items.at(-1) as Pair); // A map has pairs.
  if (isSeq(node) && node.flow !== true && isNode(last)) return contentEnd(text, last);
  const end = endOf(node);
  return text[end - 1] === "\n" ? end - 1 : end;
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value);
}

/** Finds the pair with a key in a map, if the node is one. */
export function findEntry(node: unknown, key: string): Pair | undefined {
  return isMap(node) ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined;
}

/** Gives the offset at which a pair starts. */
export function pairStart({ key }: Pair): number {
  return isScalar(key) ? startOf(key) : 0;
}

/** Tells whether a value is a map with something in it. */
export function isFilledMap(value: unknown): value is YAMLMap {
  return isMap(value) && value.items.length > 0;
}
