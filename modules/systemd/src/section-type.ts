import { checkSetting } from "@firn/unit";
import { type Attrs, type OptionType, types } from "firn";

/** One value of a setting. */
export type Scalar = boolean | number | string;

/** The settings of a section; a list repeats the setting. */
export type Settings = Attrs<Scalar | readonly Scalar[]>;

const scalar = types.oneOf([types.bool, types.number, types.str]);

const anyValue = types.either(scalar, types.listOf(scalar));

/**
 * Makes the type of a section's settings. Each is checked by its name, so that
 * what systemd does not know or take is a problem at the line that writes it.
 */
export function settingsOf(section: string): typeof settings {
  const known = new Map<string, OptionType<Scalar>>();
  const typeOf = (key: string): OptionType<Scalar> => {
    const type = known.get(key) ?? valueOf(section, key);
    known.set(key, type);
    return type;
  };
  const member: typeof anyValue = {
    ...anyValue,
    plain: false,
    merge: (definitions, site) => mergeOneOrMany(typeOf(site.path.at(-1) ?? ""), definitions, site),
  };
  return types.attrsOf(member, { placeholder: "setting" });
}

const settings = types.attrsOf(anyValue);

/** Makes the type of a setting's value, or of a list of them, for an option of its own. */
export function valuesOf(section: string, key: string): typeof anyValue {
  const type = valueOf(section, key);
  return { ...anyValue, plain: false, merge: (definitions, site) => mergeOneOrMany(type, definitions, site) };
}

/** Makes the type of one value of a setting. */
export function valueOf(section: string, key: string): OptionType<Scalar> {
  const check = (value: unknown): string | undefined =>
    isScalar(value) ? checkValue(section, key, renderScalar(value)) : undefined;
  return types.addCheck(
    { ...scalar, explain: check },
    (value) => check(value) === undefined,
    `value that systemd takes for ${key} in [${section}]`,
  );
}

type Merge = OptionType["merge"];

/** Merges as a list or as a single value, whichever is written; unlike a choice of types it says what is wrong. */
function mergeOneOrMany(type: OptionType<Scalar>, definitions: Parameters<Merge>[0], site: Parameters<Merge>[1]) {
  const least = Math.min(...definitions.map(({ priority }) => priority));
  const hasList = definitions.some(({ priority, value }) => priority === least && Array.isArray(value));
  return (hasList ? types.listOf(type) : type).merge(definitions, site);
}

function isScalar(value: unknown): value is Scalar {
  return scalar.accepts(value);
}

function checkValue(section: string, key: string, text: string): string | undefined {
  if (/[\n\r\0]/.test(text)) return "A setting is one line; a list repeats it";
  return checkSetting(section, key, text);
}

/** Renders a value as systemd reads it. */
export function renderScalar(value: Scalar): string {
  return `${value}`;
}

/** Joins the settings of two sources, where what both have is repeated. */
export function joinSettings(first: Settings, second: Settings): Settings {
  const keys = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return Object.fromEntries(keys.map((key) => [key, [first[key] ?? [], second[key] ?? []].flat(2)]));
}
