import { readFileSync } from "node:fs";

/**
 * Reads the JSON that programs printed into files, and says which of them differs from the first: sorted by key, the
 * bytes are to be the same.
 */
export function findDifference(outputs: ReadonlyMap<string, string>): string | undefined {
  const [[firstName, first] = ["", ""], ...others] = [...outputs].map(
    ([name, path]) => [name, canonical(path)] as const,
  );
  for (const [name, text] of others) {
    if (text === first) continue;
    const lines = text.split("\n");
    const line = first.split("\n").findIndex((expected, index) => expected !== lines[index]);
    return `${name} differs from ${firstName} at line ${line + 1}: ${lines[line]?.trim()}, and not ${first.split("\n")[line]?.trim()}`;
  }
  return undefined;
}

function canonical(path: string): string {
  // A host has built-in options too; the configuration is all under "services".
  const { services } = JSON.parse(readFileSync(path, "utf8"));
  return JSON.stringify(services, sortKeys, 1);
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
