import { isPlainObject, isView } from "@firn/option";

/** How deep values are copied; no text format takes them much deeper. */
const deepest = 500;

/**
 * Copies a configuration value into plain data: views are read out; functions
 * are left out, and so is what contains itself or throws when it is read.
 */
export function plainValue(value: unknown): unknown {
  return copy(value, []);
}

function copy(value: unknown, above: readonly object[]): unknown {
  if (typeof value === "function") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (above.length === deepest || above.includes(value)) return undefined;
  try {
    return copyMembers(value, [...above, value]);
  } catch {
    return undefined;
  }
}

function copyMembers(value: object, above: readonly object[]): unknown {
  if (Array.isArray(value)) return value.map((element) => copy(element, above));
  if (!isView(value) && !isPlainObject(value)) return value;
  // A view has no other keys than those of its options; Object.keys would have it describe each of them first.
  const names = isView(value) ? Reflect.ownKeys(value) : Object.keys(value);
  const entries = names.map((name) => [name, copy(Reflect.get(value, name), above)] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}
