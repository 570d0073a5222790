import { type OptionType, types } from "firn";
import { type Atom, type AtomOptions, atomType, quoteText, textOf } from "./atom.ts";
import { hasControl } from "./control-characters.ts";
import type { Defined } from "./format.ts";
import { namedMembers } from "./named-members.ts";

/** The settings of a section: values by key, several where the format has a way to write them. */
export interface Settings {
  readonly [key: string]: Atom | readonly Atom[];
}

/** What a definition of settings may be. */
export interface SettingsDefinition {
  readonly [key: string]: Defined<Atom | readonly Defined<Atom>[]>;
}

/** How lines of settings are written. */
export interface LineOptions extends AtomOptions {
  /**
   * What stands between a key and its value.
   *
   * @default "="
   */
  readonly separator?: string;
  /**
   * What becomes of a list: "refuse", so that there is none; "repeat", a line
   * for each value; or the text that stands between two values in one line,
   * which no value can have in it.
   *
   * @default "refuse"
   */
  readonly lists?: "refuse" | "repeat" | { readonly between: string };
}

/** Makes the type of settings. */
export function settingsType(options: LineOptions): OptionType<Settings, SettingsDefinition> {
  return namedMembers(valueType(options), { kind: "setting", check: keyChecker(options) });
}

function valueType(options: LineOptions): OptionType<Atom | readonly Atom[], Atom | readonly Defined<Atom>[]> {
  const { lists = "refuse" } = options;
  const atom = atomType(options);
  if (lists === "refuse") return atom;
  if (lists === "repeat") return types.either(atom, types.listOf(atom));
  const { between } = lists;
  const alone = types.addCheck(
    atom,
    (value) => !textOf(value, options).includes(between),
    `${atom.description} without ${JSON.stringify(between)}, which stands between two values`,
  );
  return types.either(atom, types.listOf(alone));
}

function keyChecker({ quote, separator = "=" }: LineOptions): (key: string) => string | undefined {
  if (quote === "shell") {
    return (key) => (/^[A-Za-z_]\w*$/.test(key) ? undefined : "A variable of sh has letters, digits and _");
  }
  const mark = separator.trim() || " ";
  return (key) => {
    if (key === "") return "A key is not empty";
    if (key.trim() !== key || hasControl(key)) return "A key is text of one line without spaces around it";
    if (/^[[#;]/.test(key)) return `A line that begins with "${key[0]}" is no setting`;
    return key.includes(mark) ? `The first "${mark}" of a line ends the key` : undefined;
  };
}

/** Writes settings, a line each, by the order of their keys. */
export function renderSettings(settings: Settings, options: LineOptions): string {
  const { lists, separator = "=" } = options;
  return Object.entries(settings)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]) => {
      const all = [value].flat().map((each: Atom) => textOf(each, options));
      const texts = typeof lists === "object" && Array.isArray(value) ? [all.join(lists.between)] : all;
      return texts.map((text) => `${key}${separator}${quoteText(text, options)}\n`);
    })
    .join("");
}
