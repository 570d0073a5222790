import { hasControl } from "./control-characters.ts";
import type { Defined, Format } from "./format.ts";
import { type LineOptions, renderSettings, type Settings, type SettingsDefinition, settingsType } from "./lines.ts";
import { namedMembers } from "./named-members.ts";

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
  const type = namedMembers(settingsType(options), {
    kind: "section",
    check: (name) => (name === globalSection ? undefined : checkHeading(name)),
  });
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

function checkHeading(name: string): string | undefined {
  if (name === "") return "A section has a name";
  if (name.includes("]")) return 'The first "]" ends the name';
  return hasControl(name) ? "A name is text of one line" : undefined;
}
