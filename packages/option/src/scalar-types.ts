import { similarNames } from "@firn/diagnostic";
import { mergeEqual, takeChecked } from "./merging.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type JsonSchema, type OptionType } from "./option-type.ts";

interface ScalarSettings {
  readonly name: string;
  readonly description: string;
  readonly accepts: (value: unknown) => boolean;
  readonly schema: JsonSchema;
  readonly explain?: (value: unknown) => string | undefined;
  readonly advise?: (value: unknown) => string | undefined;
}

/** Makes a type whose values cannot be combined: all definitions must be equal. */
export function scalarType<T>({ name, description, accepts, schema, ...said }: ScalarSettings): OptionType<T> {
  const type: OptionType<T> = defineType<T>({
    name,
    description,
    accepts,
    ...said,
    merge: (definitions, site) => mergeEqual(type, definitions, site),
    combine: (other) => (other.description === description ? type : undefined),
    jsonSchema: () => schema,
    plain: true,
  });
  return type;
}

/** True or false; several definitions must agree. */
export const bool: OptionType<boolean> = scalarType({
  name: "bool",
  description: "boolean",
  accepts: (value) => typeof value === "boolean",
  schema: { type: "boolean" },
  explain: (value) =>
    value === "true" || value === "false" ? `${value} is written without quotes for a boolean` : undefined,
});

/** True as soon as one definition is true. */
export const boolByOr: OptionType<boolean> = defineType<boolean>({
  name: "boolByOr",
  description: "boolean (merged using or)",
  accepts: (value) => typeof value === "boolean",
  merge(definitions, site) {
    const winning = takeChecked(boolByOr, definitions, site);
    return winning === NO_VALUE ? NO_VALUE : winning.some(({ value }) => value === true);
  },
  combine: () => boolByOr,
  jsonSchema: () => ({ type: "boolean" }),
  plain: true,
});

/** One of the given values; declared twice, any value of either. */
export function enumOf<const V extends string | number | boolean | null>(values: readonly V[]): OptionType<V> {
  const list = values.map((value) => JSON.stringify(value)).join(", ");
  const type: OptionType<V> = defineType<V>({
    name: "enum",
    description: values.length === 1 ? `value ${list} (singular enum)` : `one of ${list}`,
    phrase: "conjunction",
    accepts: (value) => values.includes(value as V),
    advise: (value) => adviseNearest(value, values),
    merge: (definitions, site) => mergeEqual(type, definitions, site),
    combine: (other) => enumOf([...new Set([...values, ...(other.payload as readonly V[])])]),
    jsonSchema: () => ({ enum: values }),
    payload: values,
    plain: true,
  });
  return type;
}

/** Finds the values that a misspelt one may mean. */
function adviseNearest(value: unknown, values: readonly unknown[]): string | undefined {
  const texts = values.filter((each) => typeof each === "string");
  const near = typeof value === "string" ? similarNames(value, texts) : [];
  return near.length === 0 ? undefined : `Did you mean ${near.map((each) => JSON.stringify(each)).join(" or ")}?`;
}
