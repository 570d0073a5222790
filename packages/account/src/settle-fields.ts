import { type FieldRecord, settleField } from "./field-record.ts";

/** Fields of a line that is not Firn's, and what is remembered of them. */
export interface SettledFields {
  readonly fields: readonly string[];
  readonly records: Map<number, FieldRecord>;
}

/** Writes what is wanted into fields, by their number, and gives back those that no longer are. */
export function settleFields(
  fields: readonly string[],
  wanted: readonly (readonly [field: number, value: string])[],
  records: ReadonlyMap<number, FieldRecord> = new Map(),
): SettledFields {
  const wishes = new Map(wanted);
  const kept = new Map<number, FieldRecord>();
  const settled = fields.map((value, index) => {
    const { record, value: next } = settleField(value, wishes.get(index), records.get(index));
    if (record !== undefined) kept.set(index, record);
    return next;
  });
  return { fields: settled, records: kept };
}
