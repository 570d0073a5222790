/** Letters after a percent sign that stand for something; %D is newer than systemd 252. */
const known = new Set("abcdfghijlmnopqrstuvwyABCDEGHIJLMNPRSTUVWY%");

const specifier = /%([A-Za-z0-9%])/g;

/** A value whose specifiers were looked at. */
export interface Specified {
  /** What is wrong with them. */
  readonly problem: string | undefined;
  /** The value without them; undefined when what it is is known on the host only. */
  readonly value: string | undefined;
}

/** Looks at the specifiers of a value, such as "%i": what they stand for is known on the host only. */
export function checkSpecifiers(value: string): Specified {
  if (!value.includes("%")) return { problem: undefined, value };
  const letters = [...value.matchAll(specifier)].map(([, letter = ""]) => letter);
  const unknown = letters.find((letter) => !known.has(letter));
  const problem =
    unknown === undefined
      ? undefined
      : `systemd knows no specifier "%${unknown}": a percent sign that is to stay one is written "%%"`;
  const isPlain = letters.every((letter) => letter === "%");
  return { problem, value: problem === undefined && isPlain ? value.replaceAll("%%", "%") : undefined };
}
