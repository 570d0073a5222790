import { sortByOrder } from "@firn/definition";
import { takeChecked } from "./merging.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, type OptionType } from "./option-type.ts";
import { addCheck } from "./refined-type.ts";
import { scalarType } from "./scalar-types.ts";

const isString = (value: unknown): value is string => typeof value === "string";

/** Text; several definitions must be equal. */
export const str: OptionType<string> = scalarType({
  name: "str",
  description: "string",
  accepts: isString,
  schema: { type: "string" },
});

/** Text with something other than white space in it. */
export const nonEmptyStr: OptionType<string> = addCheck(str, (value) => value.trim() !== "", {
  description: "non-empty string",
  schema: { pattern: "\\S" },
});

/** Text of one line. */
export const singleLineStr: OptionType<string> = addCheck(str, (value) => !/[\r\n]/.test(value), {
  description: "single-line string",
  schema: { pattern: "^[^\\r\\n]*$" },
});

/** Text that a regular expression matches as a whole. */
export function strMatching(pattern: RegExp): OptionType<string> {
  // Unlike "^" and "$", these stand for the ends of the text whatever the flags are.
  const whole = new RegExp(`(?<![^])(?:${pattern.source})(?![^])`, pattern.flags.replace(/[gy]/g, ""));
  return addCheck(str, (value) => whole.test(value), {
    description: `string matching the pattern ${pattern.source}`,
    // A pattern of JSON Schema has no flags.
    ...(!/[ims]/.test(pattern.flags) && { schema: { pattern: `^(?:${pattern.source})$` } }),
  });
}

/** Text whose definitions are joined in their order, with a separator between them. */
export function separatedString(separator: string): OptionType<string> {
  const description =
    separator === "\n"
      ? "strings concatenated with a newline"
      : `strings concatenated with ${JSON.stringify(separator)}`;
  const type: OptionType<string> = defineType<string>({
    name: "separatedString",
    description,
    accepts: isString,
    merge(definitions, site) {
      const winning = takeChecked(type, definitions, site);
      return winning === NO_VALUE
        ? NO_VALUE
        : sortByOrder(winning)
            .map(({ value }) => value)
            .join(separator);
    },
    combine: (other) => (other.payload === separator ? type : undefined),
    jsonSchema: () => ({ type: "string" }),
    payload: separator,
    plain: true,
  });
  return type;
}

/** Lines, joined by a newline. */
export const lines: OptionType<string> = separatedString("\n");

/** Parts joined by a comma. */
export const commas: OptionType<string> = separatedString(",");

/** Parts of a search path, joined by a colon. */
export const envVar: OptionType<string> = separatedString(":");

/** What `pathWith` asks of a path. */
export interface PathSettings {
  /** Whether the path must start at the root, or must not; either if not given. */
  readonly absolute?: boolean;
}

/** A path as text, optionally absolute or relative only. */
export function pathWith({ absolute }: PathSettings = {}): OptionType<string> {
  const kind = absolute === undefined ? "" : absolute ? "absolute " : "relative ";
  const fits = (value: string): boolean => absolute === undefined || value.startsWith("/") === absolute;
  return scalarType({
    name: "path",
    description: `${kind}path`,
    accepts: (value) => isString(value) && value !== "" && !value.includes("\0") && fits(value),
    schema: { type: "string", pattern: `^${absolute === undefined ? "" : absolute ? "(?=/)" : "(?!/)"}[^\\0]+$` },
    explain: (value) =>
      absolute === true && isString(value) && value !== "" ? 'An absolute path starts with "/"' : undefined,
    advise: (value) =>
      absolute === true && isString(value) && /^[^~./]/.test(value)
        ? `Write ${JSON.stringify(`/${value}`)}`
        : undefined,
  });
}

/** An absolute path on the host. */
export const path: OptionType<string> = pathWith({ absolute: true });
