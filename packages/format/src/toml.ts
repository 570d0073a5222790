import { type TomlValue, types } from "firn";
import { stringify } from "smol-toml";
import type { Defined, Format } from "./format.ts";
import { sortNames } from "./sort-names.ts";

/** What a TOML file holds. */
export interface TomlTable {
  readonly [name: string]: TomlValue;
}

/** TOML 1.0. Numbers without a fraction are written as integers. */
export function toml(): Format<TomlTable, { readonly [name: string]: Defined<TomlValue> }> {
  return {
    type: types.attrsOf(types.toml),
    render: (settings) => (Object.keys(settings).length === 0 ? "" : withNewline(stringify(sortNames(settings)))),
  };
}

function withNewline(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}
