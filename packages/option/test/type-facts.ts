import { type TypeLike, toOptionType } from "@firn/option";
import { fromJSONSchema } from "zod";

/** What a test says of a type. */
export interface TypeFacts {
  readonly type: TypeLike;
  readonly description: string;
  /** Values that it accepts. */
  readonly accepts: readonly unknown[];
  /** Values that it refuses. */
  readonly refuses: readonly unknown[];
  readonly schema: object;
  /** Those of the values with which the JSON Schema deals in another way than the type; none if not given. */
  readonly unsaid?: readonly unknown[];
}

/** Gives what holds of what a test says of a type: the same again, if it is all true. */
export function observeFacts({ type, accepts, refuses }: TypeFacts): TypeFacts {
  const it = toOptionType(type);
  const schema = it.jsonSchema();
  const parsed = fromJSONSchema(schema as Parameters<typeof fromJSONSchema>[0]); // Any object can be tried as one.
  const unsaid = [...accepts, ...refuses].filter(
    (value) => isJson(value) && parsed.safeParse(value).success !== it.accepts(value),
  );
  return {
    type,
    description: it.description,
    accepts: accepts.filter((value) => it.accepts(value)),
    refuses: refuses.filter((value) => !it.accepts(value)),
    schema,
    ...(unsaid.length > 0 && { unsaid }),
  };
}

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== "object" || value === null)
    return value === null || ["string", "boolean"].includes(typeof value);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
}
