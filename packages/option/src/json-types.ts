import { strongest } from "@firn/definition";
import { attrsOf } from "./attrs-types.ts";
import { nullOr, oneOf } from "./alternative-types.ts";
import { listOf } from "./list-types.ts";
import { failMismatch } from "./merging.ts";
import { float } from "./number-types.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type OptionType } from "./option-type.ts";
import { bool } from "./scalar-types.ts";
import { str } from "./string-types.ts";

/** What JSON can say. */
export type JsonValue = null | TomlValue | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** What TOML can say: JSON without null. */
export type TomlValue = boolean | number | string | readonly TomlValue[] | { readonly [name: string]: TomlValue };

/**
 * A type that refers to itself, given by a function so that it may.
 *
 * @param description says the type where it would go on forever
 */
export function recursive<T, D = T>(description: string, make: () => OptionType<T, D>): OptionType<T, D> {
  let made: OptionType<T, D> | undefined;
  const inner = (): OptionType<T, D> => (made ??= make());
  const type: OptionType<T, D> = defineType({
    name: "recursive",
    description,
    accepts: (value) => inner().accepts(value),
    merge(definitions, site) {
      // The type inside would describe itself at length.
      const refused = strongest(definitions).filter(({ value }) => !inner().accepts(value));
      return refused.length > 0 ? failMismatch(type, refused, site) : inner().merge(definitions, site);
    },
    empty(site) {
      const { empty } = inner();
      return empty === undefined ? NO_VALUE : empty(site);
    },
    combine: (other) => (other.payload === make ? type : undefined),
    jsonSchema: () => ({ description }),
    payload: make,
  });
  return type;
}

/** Any value that JSON can say; sets merge by name, lists are concatenated. */
export const json: OptionType<JsonValue> = recursive("JSON value", () => nullOr(serializable(json))) as never;

/** Any value that TOML can say, null thus excepted. */
export const toml: OptionType<TomlValue> = recursive("TOML value", () => serializable(toml)) as never;

function serializable(self: OptionType): OptionType {
  return oneOf([bool, float, str, listOf(self), attrsOf(self)]);
}
