/** Orders texts by their code units, which is the same everywhere. */
export function compareCodeUnits(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
