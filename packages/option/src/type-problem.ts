import { capturePlace, DiagnosticError, renderValue } from "@firn/diagnostic";

/** Frames kept: those of types around the wrong one come before that of the user. */
const depth = 12;

/** What people write for a type who come from elsewhere. */
const meant = new Map<unknown, string>([
  ["string", "types.str"],
  [String, "types.str"],
  ["number", "types.int"],
  [Number, "types.int"],
  ["boolean", "types.bool"],
  [Boolean, "types.bool"],
  ["array", "types.listOf(…)"],
  [Array, "types.listOf(…)"],
  ["object", "types.attrsOf(…)"],
  [Object, "types.attrsOf(…)"],
]);

/** Makes the error for something else where a type is expected. */
export function notAType(value: unknown, below: (...parameters: never[]) => unknown): DiagnosticError {
  return new DiagnosticError([
    {
      code: "not-a-type",
      severity: "error",
      message: `Cannot use ${renderValue(value)} as a type: it is neither one of types nor a schema`,
      marks: [{ role: "used here", place: { capture: capturePlace(below, depth) } }],
      fix: adviseType(value),
    },
  ]);
}

const named = ["bool", "int", "float", "port", "str", "lines", "path", "json"];

function adviseType(value: unknown): string {
  if (typeof value === "string" && named.includes(value)) return `Write types.${value}, without quotes`;
  const type = meant.get(value);
  if (type !== undefined) return `Write ${type}`;
  if (typeof value === "function") return `Call the function: types.${value.name || "name"}(…)`;
  return value === undefined ? "Write type: types.str, or another of types" : "Write one of types, or a zod schema";
}
