/** Copies data with the names of each object in order, so that who defined something first makes no difference. */
export function sortNames<T>(data: T): T {
  if (Array.isArray(data)) return data.map((each: unknown) => sortNames(each)) as T; // A list stays one.
  if (typeof data !== "object" || data === null) return data;
  const entries = Object.entries(data).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, sortNames<unknown>(value)])) as T; // With the same names.
}
