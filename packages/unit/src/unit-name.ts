const types = [
  "service",
  "socket",
  "device",
  "mount",
  "automount",
  "swap",
  "target",
  "path",
  "timer",
  "slice",
  "scope",
];

/** Says what is wrong with the name of a unit; undefined when nothing is. */
export function checkUnitName(name: string): string | undefined {
  const dot = name.lastIndexOf(".");
  const [stem, type] = [name.slice(0, Math.max(0, dot)), name.slice(dot + 1)];
  if (dot < 0 || !types.includes(type))
    return `A unit's name ends with its type: one of ${types.map((each) => `.${each}`).join(", ")}`;
  if (stem === "" || stem.startsWith("@")) return "There is nothing before the type";
  if (name.length > 255) return "It is longer than 255 characters";
  const odd = /[^\w:.\\@-]/.exec(name)?.[0];
  return odd === undefined
    ? undefined
    : `The character ${JSON.stringify(odd)} is not allowed: letters, digits and :-_.\\@ are`;
}

/** Writes a path as systemd does in the name of a unit: "/srv/www" is "srv-www". */
export function escapePath(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.length === 0) return "-";
  return parts
    .map(escapePart)
    .join("-")
    .replace(/^\./, String.raw`\x2e`);
}

/** Bytes, since other than letters each byte of a character is escaped. */
function escapePart(part: string): string {
  return [...utf8(part)]
    .map((byte) => {
      const character = String.fromCodePoint(byte);
      return /[\w:.]/.test(character) && byte < 128 ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
    })
    .join("");
}

/** Name of the unit that mounts something at a path. */
export function unitNameOfMount(path: string): string {
  return `${escapePath(path)}.mount`;
}

/** Modules have no TextEncoder where they are evaluated. */
function utf8(text: string): number[] {
  return [...text].flatMap((character) => encode(character.codePointAt(0) ?? 0));
}

function encode(point: number): number[] {
  if (point < 0x80) return [point];
  if (point < 0x8_00) return [0xc0 | (point >> 6), 0x80 | (point & 63)];
  if (point < 0x1_00_00) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)];
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)];
}
