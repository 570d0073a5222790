import type { SwitchRecord } from "@firn/plan";

/** Writes a record as the text of `record.json`. */
export function renderRecord(record: SwitchRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Reads what `renderRecord` wrote; undefined for a text that no Firn of this version wrote. */
export function parseRecord(text: string): SwitchRecord | undefined {
  try {
    const record = JSON.parse(text) as SwitchRecord; // Only Firn writes it, in a folder that only root reads.
    return record.version === 1 && Array.isArray(record.made) ? record : undefined;
  } catch {
    return undefined;
  }
}
