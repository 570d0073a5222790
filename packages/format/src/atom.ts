import { type OptionType, types } from "firn";
import { hasControl } from "./control-characters.ts";

/** A value that stands in one line. */
export type Atom = boolean | number | string;

/** How values are written, for formats of lines. */
export interface AtomOptions {
  /**
   * How texts are quoted: "never", so that what needs it is refused; "double"
   * where it is needed, with backslashes, as git reads it; "shell" where it is
   * needed, for `sh`.
   *
   * @default "never"
   */
  readonly quote?: "never" | "double" | "shell";
  /** @default ["true", "false"] */
  readonly booleans?: readonly [yes: string, no: string];
}

/** Makes the type of values. */
export function atomType({ quote = "never" }: AtomOptions): OptionType<Atom> {
  const text = types.addCheck(types.str, checks[quote], descriptions[quote]);
  return types.oneOf([types.bool, types.float, text]);
}

const checks = {
  never: (text: string): boolean => !hasControl(text) && text.trim() === text,
  double: (text: string): boolean => !hasControl(text.replaceAll(/[\b\t\n]/g, "")),
  shell: (text: string): boolean => !text.includes("\0"),
};
const descriptions = {
  never: "text of one line without spaces around it",
  double: "text without control characters but tabs, newlines and backspaces",
  shell: "text without null characters",
};

/** Says a value as text, which is not quoted yet. */
export function textOf(value: Atom, { booleans = ["true", "false"] }: AtomOptions): string {
  return typeof value === "boolean" ? booleans[value ? 0 : 1] : String(value);
}

/** Quotes a text where that is needed. */
export function quoteText(text: string, { quote = "never" }: AtomOptions): string {
  return quotes[quote](text);
}

const escapes: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\b": "\\b", '"': '\\"', "\\": "\\\\" };
const quotes = {
  never: (text: string): string => text,
  double: (text: string): string =>
    /^$|^\s|\s$|[\n\t\b"\\;#]/.test(text)
      ? `"${text.replaceAll(/[\n\t\b"\\]/g, (each) => escapes[each] ?? each)}"`
      : text,
  shell: (text: string): string =>
    /^[\w%+,./:=@^-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`,
};
