/** What stands between the markers of a text that git could not merge, for each side with all that stands outside. */
export interface ConflictSides {
  readonly ours: string;
  readonly theirs: string;
  /** What both started from, where every conflict shows it. */
  readonly base?: string;
}

const marker = /^(?<sign><{7}|\|{7}|={7}|>{7})(?:[ \r].*)?$/s;

/**
 * Finds the first marker that git leaves where it could not merge. No line of a
 * JSON text can start like one.
 *
 * @returns its offset in UTF-16 units, or undefined when there is none
 * @see https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
 */
export function findConflictMarker(text: string): number | undefined {
  return /^(?:<{7}|\|{7}|={7}|>{7})(?=[ \r\n]|$)/m.exec(text)?.index;
}

/** Splits a text with conflicts into its sides; undefined when the markers are not complete. */
export function splitConflict(text: string): ConflictSides | undefined {
  const sides = { ours: [] as string[], base: [] as string[], theirs: [] as string[] }; // Else they are of `never`.
  let side: keyof typeof sides | undefined;
  let hasBase = true;
  for (const line of text.split("\n")) {
    const sign = marker.exec(line)?.groups?.["sign"];
    if (sign === undefined) {
      for (const one of side === undefined ? (["ours", "base", "theirs"] as const) : [side]) sides[one].push(line);
      continue;
    }
    const next = sideAfter(sign, side);
    if (next === undefined) return undefined;
    if (sign.startsWith("=") && side === "ours") hasBase = false;
    side = next === "outside" ? undefined : next;
  }
  if (side !== undefined) return undefined;
  const { ours, base, theirs } = sides;
  return { ours: ours.join("\n"), theirs: theirs.join("\n"), ...(hasBase && { base: base.join("\n") }) };
}

/** Says where a marker leads; undefined for one that cannot stand there. */
function sideAfter(sign: string, side: string | undefined): "ours" | "base" | "theirs" | "outside" | undefined {
  if (sign.startsWith("<")) return side === undefined ? "ours" : undefined;
  if (sign.startsWith("|")) return side === "ours" ? "base" : undefined;
  if (sign.startsWith("=")) return side === "ours" || side === "base" ? "theirs" : undefined;
  return side === "theirs" ? "outside" : undefined;
}
