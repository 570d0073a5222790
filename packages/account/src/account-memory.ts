import { type AccountFileName, accountFileNames } from "./account-files.ts";
import { sorted } from "./account-line.ts";
import type { FieldRecord } from "./field-record.ts";

/** What Firn remembers of one file; what would be empty is missing. */
export interface FileMemory {
  /** Names of the lines that Firn made; of subordinate ids the lines themselves. */
  readonly made?: readonly string[];
  /** Fields that Firn wrote in lines of others, by name and number of the field, from 0. */
  readonly fields?: { readonly [name: string]: { readonly [field: string]: FieldRecord } };
  /** Members that Firn added, by group. */
  readonly members?: { readonly [group: string]: readonly string[] };
  /** Groups that named a user before Firn made it, by user. */
  readonly stood?: { readonly [user: string]: readonly string[] };
}

/**
 * What Firn remembers of the accounts that it wrote: needed to take it back.
 * Plain JSON. Holds hashes of passwords: those that Firn replaced, since they
 * come back, and those it wrote, since it tells by them whether somebody
 * changed the password. It is for root's eyes only: mode 0600.
 */
export interface AccountMemory {
  readonly version: 1;
  readonly files: { readonly [file in AccountFileName]?: FileMemory };
  /** Ids by name, the one first that the name has when none is declared; kept after the name is gone, for no other. */
  readonly uids: { readonly [name: string]: readonly number[] };
  readonly gids: { readonly [name: string]: readonly number[] };
  /** First subordinate id by user. */
  readonly subIds: { readonly [name: string]: number };
}

/** The memory of a machine that Firn has not touched. */
export const emptyAccountMemory: AccountMemory = { version: 1, files: {}, uids: {}, gids: {}, subIds: {} };

/** The memory of one file, while it is planned. Maps, since "constructor" is a name like others. */
export interface OpenFileMemory {
  made: ReadonlySet<string>;
  readonly fields: Map<string, Map<number, FieldRecord>>;
  readonly members: Map<string, readonly string[]>;
  readonly stood: Map<string, readonly string[]>;
}

/** The memory while it is planned. */
export interface OpenMemory {
  readonly files: { readonly [file in AccountFileName]: OpenFileMemory };
  readonly uids: Map<string, readonly number[]>;
  readonly gids: Map<string, readonly number[]>;
  readonly subIds: Map<string, number>;
}

/** Makes maps of a memory; the memory itself stays as it is. */
export function openMemory({ files, gids, subIds, uids }: AccountMemory): OpenMemory {
  const open = ({ fields = {}, made = [], members = {}, stood = {} }: FileMemory = {}): OpenFileMemory => ({
    made: new Set(made),
    fields: new Map(Object.entries(fields).map(([name, records]) => [name, openRecords(records)])),
    members: new Map(Object.entries(members)),
    stood: new Map(Object.entries(stood)),
  });
  return {
    files: {
      passwd: open(files.passwd),
      group: open(files.group),
      shadow: open(files.shadow),
      gshadow: open(files.gshadow),
      subuid: open(files.subuid),
      subgid: open(files.subgid),
    },
    uids: new Map(Object.entries(uids)),
    gids: new Map(Object.entries(gids)),
    subIds: new Map(Object.entries(subIds)),
  };
}

function openRecords(records: { readonly [field: string]: FieldRecord }): Map<number, FieldRecord> {
  return new Map(Object.entries(records).map(([field, record]) => [Number(field), record]));
}

/** Makes plain JSON of a memory: the same for the same memory. */
export function closeMemory({ files, gids, subIds, uids }: OpenMemory): AccountMemory {
  const closed = accountFileNames.map((name) => [name, closeFile(files[name])] as const);
  return {
    version: 1,
    files: Object.fromEntries(closed.filter(([, memory]) => Object.keys(memory).length > 0)),
    uids: sortedObject(uids),
    gids: sortedObject(gids),
    subIds: sortedObject(subIds),
  };
}

function closeFile({ fields, made, members, stood }: OpenFileMemory): FileMemory {
  const records = new Map([...fields].map(([name, of]) => [name, Object.fromEntries(of)]));
  return {
    ...(made.size > 0 && { made: sorted(made) }),
    ...(fields.size > 0 && { fields: sortedObject(records) }),
    ...(members.size > 0 && { members: sortedObject(members) }),
    ...(stood.size > 0 && { stood: sortedObject(stood) }),
  };
}

function sortedObject<T>(map: ReadonlyMap<string, T>): { [name: string]: T } {
  return Object.fromEntries([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes an entry of a map; undefined removes it. */
export function remember<T>(map: Map<string, T>, name: string, value: T | undefined): void {
  if (value === undefined) map.delete(name);
  else map.set(name, value);
}
