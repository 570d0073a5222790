import { type JsonValue, types } from "firn";
import { stringify } from "yaml";
import type { Format } from "./format.ts";
import { sortNames } from "./sort-names.ts";

/** YAML 1.2 that readers of YAML 1.1 understand in the same way: a text "no" stays a text. */
export function yaml(): Format<JsonValue> {
  return {
    type: types.json,
    render: (settings) =>
      stringify(sortNames(settings), { compat: "yaml-1.1", lineWidth: 0, aliasDuplicateObjects: false }),
  };
}
