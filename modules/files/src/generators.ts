import { ini, json, keyValue, type Sections, type Settings, toml, type TomlTable, yaml } from "@firn/format";
import { type JsonValue, option, types } from "firn";

const formats = { json: json(), yaml: yaml(), toml: toml(), ini: ini(), keyValue: keyValue() };

/** Options for contents that are settings, rendered in a format; its variants are in "@firn/format", for `text`. */
export const generators = {
  json: option({
    type: types.nullOr(formats.json.type),
    default: null,
    example: { port: 80 },
    description: "Content of the file as data, written as JSON",
  }),
  yaml: option({
    type: types.nullOr(formats.yaml.type),
    default: null,
    example: { port: 80 },
    description: "Content of the file as data, written as YAML",
  }),
  toml: option({
    type: types.nullOr(formats.toml.type),
    default: null,
    example: { server: { port: 80 } },
    description: "Content of the file as data, written as TOML",
  }),
  ini: option({
    type: types.nullOr(formats.ini.type),
    default: null,
    example: { server: { port: 80 } },
    description: "Content of the file as sections of settings, written as INI",
  }),
  keyValue: option({
    type: types.nullOr(formats.keyValue.type),
    default: null,
    example: { PORT: 80 },
    description: "Content of the file as settings, written as lines of KEY=value",
  }),
};

/** Names of these options. */
export const names = ["json", "yaml", "toml", "ini", "keyValue"] as const;

/** Values of these options. */
export interface Generated {
  readonly json: JsonValue;
  readonly yaml: JsonValue;
  readonly toml: TomlTable | null;
  readonly ini: Sections | null;
  readonly keyValue: Settings | null;
}

/** Renders the content that one of the options gives. */
export function render(name: (typeof names)[number], settings: Generated): string {
  switch (name) {
    case "json":
    case "yaml":
      return formats[name].render(settings[name]);
    case "toml":
      return formats.toml.render(settings.toml ?? {});
    case "ini":
      return formats.ini.render(settings.ini ?? {});
    case "keyValue":
      return formats.keyValue.render(settings.keyValue ?? {});
  }
}
