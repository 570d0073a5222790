import { type OptionType, types } from "firn";
import { type Atom, type AtomOptions, atomType, renderAtom } from "./atom.ts";
import type { Defined } from "./format.ts";
import { hasControl } from "./control-characters.ts";

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
   * for each value; or the text that stands between two values in one line.
   *
   * @default "refuse"
   */
  readonly lists?: "refuse" | "repeat" | { readonly between: string };
}

/** Makes the type of settings. */
export function settingsType(options: LineOptions): OptionType<Settings, SettingsDefinition> {
  const atom = atomType(options);
  const value: OptionType<Atom | readonly Atom[], Atom | readonly Defined<Atom>[]> =
    (options.lists ?? "refuse") === "refuse" ? atom : types.either(atom, types.listOf(atom));
  const isKey = keyChecker(options);
  return types.addCheck(
    types.attrsOf(value, { placeholder: "key" }),
    (settings) => Object.keys(settings).every(isKey),
    `settings whose keys are of one line, and without "${options.separator ?? "="}"`,
  );
}

function keyChecker({ quote, separator = "=" }: LineOptions): (key: string) => boolean {
  if (quote === "shell") return (key) => /^[A-Za-z_]\w*$/.test(key);
  const mark = separator.trim();
  const forbidden = mark === "" ? " " : mark;
  return (key) =>
    key !== "" && key.trim() === key && !hasControl(key) && !/^[[#;]/.test(key) && !key.includes(forbidden);
}

/** Writes settings, a line each, by the order of their keys. */
export function renderSettings(settings: Settings, options: LineOptions): string {
  const { lists, separator = "=" } = options;
  const line = (key: string, text: string): string => `${key}${separator}${text}\n`;
  return Object.entries(settings)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => {
      const texts = [value].flat().map((each: Atom) => renderAtom(each, options));
      if (typeof lists === "object" && Array.isArray(value)) return line(key, texts.join(lists.between));
      return texts.map((text) => line(key, text)).join("");
    })
    .join("");
}
