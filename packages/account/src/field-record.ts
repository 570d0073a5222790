/** What a field was before Firn wrote it, and what Firn wrote. */
export type FieldRecord = readonly [was: string, wrote: string];

/** A field, and what is remembered of it. */
export interface SettledField {
  readonly value: string;
  readonly record: FieldRecord | undefined;
}

/**
 * Decides on a field of a line that is not Firn's: what is declared is written
 * and what was there is remembered; what is no longer declared comes back,
 * unless somebody changed it since.
 */
export function settleField(value: string, desired: string | undefined, record: FieldRecord | undefined): SettledField {
  const own = record !== undefined && record[1] === value ? record[0] : value;
  if (desired === undefined || desired === own) return { value: own, record: undefined };
  return { value: desired, record: [own, desired] };
}
