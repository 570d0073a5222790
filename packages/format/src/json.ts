import { type JsonValue, types } from "firn";
import type { Format } from "./format.ts";
import { sortNames } from "./sort-names.ts";

/** JSON, indented by two spaces. */
export function json(): Format<JsonValue> {
  return { type: types.json, render: (settings) => `${JSON.stringify(sortNames(settings), undefined, 2)}\n` };
}
