/** Tells whether a value is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Tells whether a value is a SHA-256 in small letters. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}

/** Tells whether a value is a number of bytes. */
export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Tells whether a value is a moment in ISO 8601 and UTC. */
export function isDate(value: unknown): value is string {
  return (
    typeof value === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

/** Tells whether a value is a name, a version or another word, none of which has spaces or acts on a terminal. */
export function isPackageWord(value: unknown): value is string {
  return typeof value === "string" && /^[!-~]+$/.test(value);
}

/** Tells whether a value is a path below an address, which leads nowhere else. */
export function isPackagePath(value: unknown): value is string {
  return (
    typeof value === "string" &&
    /^[!-.0-~][!-~]*$/.test(value) &&
    !(value.includes("..") && /(?:^|\/)\.\.(?:\/|$)/.test(value))
  );
}
