/** A part of a text, and what is to stand there instead. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces parts of a text that do not overlap. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  const backwards = splices.toSorted((one, other) => other.start - one.start);
  return backwards.reduce(
    (edited, { start, end, text: put }) => edited.slice(0, start) + put + edited.slice(end),
    text,
  );
}
