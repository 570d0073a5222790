import type { OptionType } from "./option-type.ts";
import { addCheck } from "./refined-type.ts";
import { scalarType } from "./scalar-types.ts";

/** A whole number; `1.0` is the same as `1`, as everywhere in JavaScript. */
export const int: OptionType<number> = scalarType({
  name: "int",
  description: "signed integer",
  accepts: Number.isInteger,
  schema: { type: "integer" },
  explain: explainNumber,
});

/** Any finite number. */
export const float: OptionType<number> = scalarType({
  name: "float",
  description: "floating point number",
  accepts: Number.isFinite,
  schema: { type: "number" },
  explain: explainNumber,
});

/** Any finite number; the other name of `float`, since JavaScript has one kind of number. */
export const number: OptionType<number> = float;

function explainNumber(value: unknown): string | undefined {
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value))) {
    return `${value.trim()} is written without quotes for a number`;
  }
  return Number.isNaN(value) ? "NaN comes from a computation with a value that is not a number" : undefined;
}

/** A whole number from `low` to `high`, both inclusive. */
function between(low: number, high: number): OptionType<number> {
  return intRange({ low, high, description: `integer between ${low} and ${high} (both inclusive)` });
}

function intRange(range: { low: number; high?: number; description: string }): OptionType<number> {
  const { low, high, description } = range;
  const schema = { minimum: low, ...(high === undefined ? {} : { maximum: high }) };
  return addCheck(int, (value) => value >= low && value <= (high ?? Number.POSITIVE_INFINITY), { description, schema });
}

function bits(size: number, signed: boolean): OptionType<number> {
  const low = signed ? -(2 ** (size - 1)) : 0;
  const high = signed ? 2 ** (size - 1) - 1 : 2 ** size - 1;
  const kind = signed ? "signed" : "unsigned";
  return intRange({
    low,
    high,
    description: `${size} bit ${kind} integer; between ${low} and ${high} (both inclusive)`,
  });
}

/** Whole numbers within limits. */
export const ints: {
  readonly unsigned: OptionType<number>;
  readonly positive: OptionType<number>;
  readonly between: (low: number, high: number) => OptionType<number>;
  readonly u8: OptionType<number>;
  readonly u16: OptionType<number>;
  readonly u32: OptionType<number>;
  readonly s8: OptionType<number>;
  readonly s16: OptionType<number>;
  readonly s32: OptionType<number>;
} = {
  unsigned: intRange({ low: 0, description: "unsigned integer, meaning >=0" }),
  positive: intRange({ low: 1, description: "positive integer, meaning >0" }),
  between,
  u8: bits(8, false),
  u16: bits(16, false),
  u32: bits(32, false),
  s8: bits(8, true),
  s16: bits(16, true),
  s32: bits(32, true),
};

/** A TCP or UDP port, 0 to 65535. */
export const port: OptionType<number> = intRange({
  low: 0,
  high: 65535,
  description: "port number, an integer between 0 and 65535 (both inclusive)",
});
