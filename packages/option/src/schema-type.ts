import { mergeEqual, takeChecked } from "./merging.ts";
import { NO_VALUE } from "./no-value.ts";
import { notAType } from "./type-problem.ts";
import { defineType, isOptionType, type JsonSchema, type OptionType } from "./option-type.ts";

/**
 * The part of Standard Schema that a leaf type needs; zod, valibot and arktype schemas have it.
 *
 * @see https://standardschema.dev
 */
export interface SchemaLike<T, D> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<T> | Promise<SchemaResult<T>>;
    readonly types?: { readonly input: D; readonly output: T } | undefined;
  };
}

type SchemaResult<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] };

/** What stands wherever a type is asked for. */
export type TypeLike<T = unknown, D = unknown> = OptionType<T, D> | SchemaLike<T, D>;

const known = new WeakMap<object, OptionType>();

/**
 * Gives the option type of a type or schema; the same one for the same schema.
 *
 * @throws DiagnosticError with code not-a-type
 */
export function toOptionType<T, D>(type: TypeLike<T, D>): OptionType<T, D> {
  if (isOptionType(type)) return type as OptionType<T, D>;
  if (!isSchema(type)) throw notAType(type, toOptionType);
  const found = known.get(type) ?? schemaType(type);
  known.set(type, found);
  return found as OptionType<T, D>;
}

function isSchema(type: unknown): type is SchemaLike<unknown, unknown> {
  return (typeof type === "object" || typeof type === "function") && type !== null && "~standard" in type;
}

/** Makes a leaf type of a schema: each definition is parsed alone, and the results must be equal. */
function schemaType(schema: SchemaLike<unknown, unknown>): OptionType {
  const behavior = {
    name: "schema",
    description: describe(schema),
    accepts: (value: unknown) => issuesOf(schema, value) === undefined,
    explain: (value: unknown) => issuesOf(schema, value),
    advise: () => "Write a value that the schema takes",
    jsonSchema: () => jsonSchemaOf(schema),
    payload: schema,
  };
  const type: OptionType = defineType({
    ...behavior,
    merge(definitions, site) {
      const winning = takeChecked(type, definitions, site);
      if (winning === NO_VALUE) return NO_VALUE;
      const parsed = winning.map((definition) => ({ ...definition, value: parse(schema, definition.value) }));
      return mergeEqual(parsedType, parsed, site);
    },
    combine: (other) => (other.payload === schema ? type : undefined),
  });
  const parsedType = { ...behavior, accepts: () => true, merge: () => NO_VALUE };
  return type;
}

function parse(schema: SchemaLike<unknown, unknown>, value: unknown): unknown {
  const result = schema["~standard"].validate(value);
  return "value" in result ? result.value : undefined;
}

function issuesOf(schema: SchemaLike<unknown, unknown>, value: unknown): string | undefined {
  const result = schema["~standard"].validate(value);
  if (result instanceof Promise) {
    // Some libraries run a schema again asynchronously when its own code throws; nobody else would hear of it.
    result.catch(() => undefined);
    return "The schema is asynchronous, or its own code throws an exception; evaluation needs neither";
  }
  return result.issues
    ?.map(({ message, path }) => [path?.map(partOf).join("."), message].filter(Boolean).join(": "))
    .join("; ");
}

function partOf(part: unknown): string {
  return String(typeof part === "object" && part !== null && "key" in part ? part.key : part);
}

interface DescribedSchema {
  readonly description?: unknown;
  readonly toJSONSchema?: unknown;
}

function describe(schema: SchemaLike<unknown, unknown> & DescribedSchema): string {
  if (typeof schema.description === "string") return schema.description;
  return `value that satisfies a ${schema["~standard"].vendor} schema`;
}

function jsonSchemaOf(schema: SchemaLike<unknown, unknown> & DescribedSchema): JsonSchema {
  try {
    return typeof schema.toJSONSchema === "function" ? (schema.toJSONSchema({ io: "input" }) as JsonSchema) : {};
  } catch {
    return {}; // Schemas with transforms may have no JSON form; anything is then allowed.
  }
}
