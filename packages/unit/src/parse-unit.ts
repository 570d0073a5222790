/** A unit file with its drop-ins: for each section its keys, for each key its values in order. */
export type Unit = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** A unit, and the lines that are none of its syntax. */
export interface ParsedUnit {
  readonly unit: Unit;
  /** In words, with the number of the line, from 1. */
  readonly problems: readonly string[];
}

/**
 * Parses a unit file. A section that comes twice is one; an empty value takes
 * back the values that a key had.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html
 */
export function parseUnit(text: string, base: Unit = new Map()): ParsedUnit {
  const sections = new Map([...base].map(([name, keys]) => [name, new Map(keys)]));
  const problems: string[] = [];
  let section: Map<string, readonly string[]> | undefined;
  for (const { line, number } of logicalLines(text)) {
    const heading = /^\[([^\]\n]+)\]$/.exec(line)?.[1];
    const equals = line.indexOf("=");
    if (heading !== undefined) {
      section = sections.get(heading) ?? new Map();
      sections.set(heading, section);
    } else if (equals <= 0) problems.push(`line ${number} is neither a section nor a setting`);
    else if (section === undefined) problems.push(`line ${number} is a setting outside of any section`);
    else addValue(section, line.slice(0, equals).trim(), line.slice(equals + 1).trim());
  }
  return { unit: sections, problems };
}

/** Applies drop-ins to a unit, in order. */
export function applyDropIns(unit: Unit, dropIns: readonly string[]): Unit {
  return dropIns.reduce<Unit>((base, text) => parseUnit(text, base).unit, unit);
}

/** Last value of a key; undefined when it has none. */
export function findValue(unit: Unit, section: string, key: string): string | undefined {
  return unit.get(section)?.get(key)?.at(-1);
}

/** Tells whether a key is set to what systemd takes for yes. */
export function isTrue(unit: Unit, section: string, key: string): boolean {
  return /^(?:1|yes|y|true|t|on)$/i.test(findValue(unit, section, key) ?? "");
}

/** Tells whether a key is set to what systemd takes for no. */
export function isFalse(unit: Unit, section: string, key: string): boolean {
  return /^(?:0|no|n|false|f|off)$/i.test(findValue(unit, section, key) ?? "");
}

function addValue(section: Map<string, readonly string[]>, key: string, value: string): void {
  section.set(key, value === "" ? [] : [...(section.get(key) ?? []), value]);
}

/** Joins lines that end with a backslash, and leaves comments out, also those between. */
function* logicalLines(text: string): Generator<{ line: string; number: number }> {
  let joined: { line: string; number: number } | undefined;
  for (const [index, raw] of text.split("\n").entries()) {
    const line = joined === undefined ? raw.trim() : raw.trimEnd();
    if (/^\s*[#;]/.test(raw) || (joined === undefined && line === "")) continue;
    const part = joined === undefined ? line : `${joined.line} ${line.trimStart()}`;
    const number = joined?.number ?? index + 1;
    joined = part.endsWith("\\") ? { line: part.slice(0, -1).trimEnd(), number } : undefined;
    if (joined === undefined) yield { line: part, number };
  }
  if (joined !== undefined) yield joined;
}
