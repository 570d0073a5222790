import { listEntries } from "./account-line.ts";
import { remember } from "./account-memory.ts";
import type { AccountContext } from "./account-table.ts";
import type { DesiredUser } from "./desired-accounts.ts";
import { editLines, type LineEdit } from "./edit-lines.ts";
import type { FieldRecord } from "./field-record.ts";
import { settleFields } from "./settle-fields.ts";

/** Numbers of the fields of a line of shadow. */
const at = { hash: 1, changed: 2, expires: 7 } as const;

/** Edits shadow. A password that somebody set since stays, until another one is declared. */
export function editPasswords(context: AccountContext, text: string): string {
  const { desired, memory } = context;
  const own = memory.files.shadow;
  const gone = [...own.made].filter((name) => !Object.hasOwn(desired.users, name));
  const names = new Set([...Object.keys(desired.users), ...own.fields.keys(), ...gone]);
  const there = new Set(listEntries("shadow", text).map(([name]) => name));
  const needed = [...names].filter((name) => there.has(name) || needsLine(name, context));
  const edits = new Map(needed.map((name) => [name, editPassword(name, context)] as const));
  const edited = editLines({ file: "shadow", text, made: own.made, edits });
  own.made = edited.made;
  for (const name of gone) own.fields.delete(name);
  return edited.text;
}

/** A user of others without a line in shadow has it only if a password is declared. */
function needsLine(name: string, { desired, memory }: AccountContext): boolean {
  const user = Object.hasOwn(desired.users, name) ? desired.users[name] : undefined;
  return user !== undefined && (memory.files.passwd.made.has(name) || user.hashedPassword !== undefined);
}

function editPassword(name: string, context: AccountContext): LineEdit {
  const { desired, memory, today } = context;
  const own = memory.files.shadow;
  const user = Object.hasOwn(desired.users, name) ? desired.users[name] : undefined;
  return (fields) => {
    if (own.made.has(name) && user === undefined) return undefined;
    if (fields === undefined && user === undefined) return undefined;
    const line = fields ?? [name, "!", String(today), "0", "99999", "7", "", "", ""];
    const records = own.fields.get(name);
    const wanted = user === undefined ? [] : wantedFields(line, user, { records, today });
    const settled = settleFields(line, wanted, records);
    const kept = user === undefined ? settled.records : withOverridden(settled.records, { line, records, user });
    remember(own.fields, name, kept.size === 0 ? undefined : kept);
    return settled.fields;
  };
}

interface Remembered {
  readonly records: ReadonlyMap<number, FieldRecord> | undefined;
  readonly today: number;
}

function wantedFields(
  line: readonly string[],
  { expires, hashedPassword }: DesiredUser,
  { records, today }: Remembered,
): [number, string][] {
  const wanted: [number, string][] = expires === undefined ? [] : [[at.expires, String(expires)]];
  if (hashedPassword === undefined || isOverridden(line, hashedPassword, records)) return wanted;
  const before = records?.get(at.hash);
  const isWritten = line[at.hash] === hashedPassword;
  const day = isWritten ? (line[at.changed] ?? "") : String(today);
  if (isWritten && before === undefined) return wanted;
  return [...wanted, [at.hash, hashedPassword], [at.changed, day]];
}

/** Somebody changed the password since, and the same one is still declared. */
function isOverridden(line: readonly string[], declared: string, records: Remembered["records"]): boolean {
  const wrote = records?.get(at.hash)?.[1];
  return wrote === declared && line[at.hash] !== wrote;
}

/** What Firn wrote is remembered though somebody changed it: only so it is known that nothing new is declared. */
function withOverridden(
  settled: Map<number, FieldRecord>,
  { line, records, user }: { line: readonly string[]; records: Remembered["records"]; user: DesiredUser },
): Map<number, FieldRecord> {
  const wrote = records?.get(at.hash);
  if (wrote !== undefined && user.hashedPassword !== undefined && isOverridden(line, user.hashedPassword, records)) {
    settled.set(at.hash, wrote);
  }
  return settled;
}
