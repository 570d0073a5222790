/** Tells whether a text is a whole number between two, also as "0x1f". */
export function isInteger(text: string, least: number, most: number): boolean {
  const match = /^([+-]?)(0x[\da-f]+|\d+)$/i.exec(text);
  const value = Number(match?.[2] ?? Number.NaN) * (match?.[1] === "-" ? -1 : 1);
  return value >= least && value <= most;
}
