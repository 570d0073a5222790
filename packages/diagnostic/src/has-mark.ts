/** Tells whether a value is an object with a mark; false for a proxy that fails to say. */
export function hasMark(value: unknown, mark: PropertyKey): value is object {
  if (typeof value !== "object" || value === null) return false;
  try {
    return mark in value;
  } catch {
    return false;
  }
}
