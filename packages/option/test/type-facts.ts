import { type TypeLike, toOptionType } from "@firn/option";
import { expect } from "vitest";
import { fromJSONSchema } from "zod";

/** What a test says of a type. */
export interface TypeFacts {
  readonly type: TypeLike;
  readonly description: string;
  readonly accepts: readonly unknown[];
  readonly refuses: readonly unknown[];
  /** The JSON Schema, which must take the same values as the type, as far as JSON can say them. */
  readonly schema: object;
  /** Values about which the schema differs, since JSON Schema cannot say what the type means. */
  readonly unsaid?: readonly unknown[];
}

/** Holds a type to what a test says of it, and its JSON Schema to the type. */
export function expectFacts({ type, description, accepts, refuses, schema, unsaid = [] }: TypeFacts): void {
  const it = toOptionType(type);
  expect(it.description).toBe(description);
  expect(accepts.filter((value) => !it.accepts(value))).toEqual([]);
  expect(refuses.filter((value) => it.accepts(value))).toEqual([]);
  expect(it.jsonSchema()).toEqual(schema);
  const parsed = fromJSONSchema(schema as Parameters<typeof fromJSONSchema>[0]); // Any object can be tried as one.
  const said = [...accepts, ...refuses].filter((value) => isJson(value) && !unsaid.includes(value));
  expect(said.filter((value) => parsed.safeParse(value).success !== it.accepts(value))).toEqual([]);
}

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== "object" || value === null) return ["string", "boolean", "object"].includes(typeof value);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
}
