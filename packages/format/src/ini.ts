import { types } from "firn";
import { hasControl } from "./control-characters.ts";
import type { Defined, Format } from "./format.ts";
import { type LineOptions, renderSettings, type Settings, type SettingsDefinition, settingsType } from "./lines.ts";

/** Settings by the name of their section. */
export interface Sections {
  readonly [section: string]: Settings;
}

/** How an INI file is written: no two programs read the same, so that each of these says what one reads. */
export interface IniOptions extends LineOptions {
  /**
   * Name of the section whose settings stand before all others, without a heading.
   *
   * @default there is none
   */
  readonly globalSection?: string;
}

/** INI in its variants: what programs call so has no common definition that a library could know. */
export function ini(
  options: IniOptions = {},
): Format<Sections, { readonly [section: string]: Defined<SettingsDefinition> }> {
  const { globalSection } = options;
  const sections = types.attrsOf(settingsType(options), { placeholder: "section" });
  const type = types.addCheck(
    sections,
    (all) => Object.keys(all).every((name) => name !== "" && !name.includes("]") && !hasControl(name)),
    "sections whose names are of one line, and without a closing bracket",
  );
  return {
    type,
    render(all) {
      const names = Object.keys(all).toSorted();
      const first = names
        .filter((name) => name === globalSection)
        .map((name) => renderSettings(all[name] ?? {}, options));
      const rest = names
        .filter((name) => name !== globalSection)
        .map((name) => `[${name}]\n${renderSettings(all[name] ?? {}, options)}`);
      return [...first, ...rest].join("\n");
    },
  };
}
