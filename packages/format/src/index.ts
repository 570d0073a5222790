export type { Defined, Format } from "./format.ts";
export type { Atom } from "./atom.ts";
export type { LineOptions, Settings, SettingsDefinition } from "./lines.ts";
export { json } from "./json.ts";
export { yaml } from "./yaml.ts";
export { toml, type TomlTable } from "./toml.ts";
export { ini, type IniOptions, type Sections } from "./ini.ts";
export { keyValue } from "./key-value.ts";
