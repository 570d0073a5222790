import { type Place, renderValue } from "@firn/diagnostic";

// What leaves the context is text: each value is shown there, where functions
// and classes are still what they are.

/** Shows a value for people, and as data where JSON can say it. */
export function showValue(value: unknown): { readonly shown?: string; readonly value?: unknown } {
  return value === undefined ? {} : { shown: renderValue(value), value };
}

/** Shows a place as what its position can be found by. */
export function showPlace({ capture, property, label }: Place): object {
  return { stack: stackOf(capture), property, label };
}

function stackOf(capture: { readonly stack?: unknown } | undefined): string | undefined {
  try {
    const stack = capture?.stack;
    return typeof stack === "string" ? stack : undefined;
  } catch {
    return undefined; // Any object can be thrown, also one whose stack cannot be read.
  }
}

/** Writes data as JSON; whole numbers that JSON does not have are written as text. */
export function showJson(data: unknown): string {
  try {
    return JSON.stringify(data) ?? "null";
  } catch {
    return (
      JSON.stringify(data, (_key, value: unknown) => (typeof value === "bigint" ? String(value) : value)) ?? "null"
    );
  }
}
