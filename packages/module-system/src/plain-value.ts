import { isPlainObject, isView } from "@firn/option";

/** Copies a configuration value into plain data: views are read out, functions left out. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === "function") return undefined;
  if (typeof value !== "object" || value === null || !(isView(value) || isPlainObject(value))) return value;
  const entries = Object.keys(value).map((name) => [name, plainValue(Reflect.get(value, name))] as const);
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined));
}
