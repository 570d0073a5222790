import type { Manifest } from "./manifest.ts";

/** Renders a manifest. Two that say the same are the same text, whatever the order of their fields. */
export function renderManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, sortFields, 1)}\n`;
}

function sortFields(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  // Unlike an assignment, this makes a field of the name __proto__, too.
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
