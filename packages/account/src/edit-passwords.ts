import { listEntries } from "./account-line.ts";
import { remember } from "./account-memory.ts";
import type { AccountContext } from "./account-table.ts";
import type { DesiredUser } from "./desired-accounts.ts";
import { editLines, type LineEdit } from "./edit-lines.ts";
import type { FieldRecord } from "./field-record.ts";
import { settleFields } from "./settle-fields.ts";

/** Numbers of the fields of a line of shadow. */
const at = { hash: 1, changed: 2, expires: 7 } as const;

/** What a new user has where the hash stands: no password fits. */
const lockedHash = "!";

/** Edits shadow. A password that somebody set since stays, until another one is declared. */
export function editPasswords(context: AccountContext, text: string): string {
  const { desired, memory } = context;
  const own = memory.files.shadow;
  const lines = new Map(listEntries("shadow", text).map((fields) => [fields[0] ?? "", fields]));
  const surplus = [...own.made].filter((name) => !needsLine(name, context));
  const released = new Set(surplus.filter((name) => isTakenOn(lines.get(name), name, context)));
  const made = new Set([...own.made].filter((name) => !released.has(name)));
  const names = new Set([...Object.keys(desired.users), ...own.fields.keys(), ...surplus]);
  const touched = [...names].filter((name) => !released.has(name) && (lines.has(name) || needsLine(name, context)));
  const edits = new Map(touched.map((name) => [name, editPassword(name, { context, made })] as const));
  const edited = editLines({ file: "shadow", text, made, edits });
  own.made = edited.made;
  for (const name of surplus) own.fields.delete(name);
  return edited.text;
}

/** A user of others without a line in shadow has it only while a password is declared. */
function needsLine(name: string, { desired, memory }: AccountContext): boolean {
  const user = Object.hasOwn(desired.users, name) ? desired.users[name] : undefined;
  if (user === undefined) return false;
  return memory.files.passwd.made.has(name) || user.hashedPassword !== undefined || user.expires !== undefined;
}

/** Firn made the line of a user who stays, and somebody set a password in it since: it is theirs from now on. */
function isTakenOn(
  line: readonly string[] | undefined,
  name: string,
  { memory, removedUsers }: AccountContext,
): boolean {
  const wrote = memory.files.shadow.fields.get(name)?.get(at.hash)?.[1] ?? lockedHash;
  return line !== undefined && !removedUsers.has(name) && line[at.hash] !== wrote;
}

interface PasswordEditing {
  readonly context: AccountContext;
  /** Names of the lines that Firn made. */
  readonly made: ReadonlySet<string>;
}

function editPassword(name: string, { context, made }: PasswordEditing): LineEdit {
  const { desired, memory, today } = context;
  const own = memory.files.shadow;
  const user = Object.hasOwn(desired.users, name) ? desired.users[name] : undefined;
  return (fields) => {
    if (made.has(name) && !needsLine(name, context)) return undefined;
    if (fields === undefined && user === undefined) return undefined;
    const line = fields ?? [name, lockedHash, String(today), ...ageingOf(user), "", "", ""];
    const records = own.fields.get(name);
    const wanted = user === undefined ? [] : wantedFields(line, user, { records, today });
    const settled = settleFields(line, wanted, records);
    const kept = user === undefined ? settled.records : withOverridden(settled.records, { line, records, user });
    remember(own.fields, name, kept.size === 0 ? undefined : kept);
    return settled.fields;
  };
}

/** How soon and how late a password is to be changed, and the days of warning: as useradd of Debian has it. */
function ageingOf(user: DesiredUser | undefined): string[] {
  return user?.isSystem === true ? ["", "", ""] : ["0", "99999", "7"];
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
