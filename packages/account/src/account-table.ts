import type { AccountFileName, AccountFiles } from "./account-files.ts";
import type { IdRanges } from "./account-ids.ts";
import { listEntries } from "./account-line.ts";
import type { OpenMemory } from "./account-memory.ts";
import type { DesiredAccounts } from "./desired-accounts.ts";

/** The accounts of a machine, those that are to be, and what is remembered. */
export interface AccountTable {
  readonly actual: AccountFiles;
  readonly desired: DesiredAccounts;
  /** Changes while the files are edited. */
  readonly memory: OpenMemory;
  /** Fields of the first line of each name. */
  readonly users: ReadonlyMap<string, readonly string[]>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Users whose lines go. */
  readonly removedUsers: ReadonlySet<string>;
  /** Groups whose lines go. */
  readonly removedGroups: ReadonlySet<string>;
}

/** The ids of what is declared. */
export interface AccountNumbers {
  readonly uids: ReadonlyMap<string, number>;
  readonly gids: ReadonlyMap<string, number>;
}

/** What editing the files needs. */
export interface AccountContext extends AccountTable {
  readonly ids: AccountNumbers;
  readonly ranges: IdRanges;
  readonly today: number;
}

/** Reads the accounts of a machine. */
export function openAccounts(actual: AccountFiles, desired: DesiredAccounts, memory: OpenMemory): AccountTable {
  const users = firstLines("passwd", actual.passwd);
  const groups = firstLines("group", actual.group);
  const removedUsers = goneFrom(users, memory.files.passwd.made, desired.users);
  const goneGroups = goneFrom(groups, memory.files.group.made, desired.groups);
  const removedGroups = new Set([...goneGroups].filter((name) => !isPrimary(groups.get(name), users, removedUsers)));
  return { actual, desired, memory, users, groups, removedUsers, removedGroups };
}

function firstLines(file: AccountFileName, text: string): Map<string, readonly string[]> {
  const lines = new Map<string, readonly string[]>();
  for (const fields of listEntries(file, text)) if (!lines.has(fields[0] ?? "")) lines.set(fields[0] ?? "", fields);
  return lines;
}

function goneFrom(
  lines: ReadonlyMap<string, unknown>,
  made: ReadonlySet<string>,
  desired: { readonly [name: string]: unknown },
): Set<string> {
  return new Set([...made].filter((name) => lines.has(name) && !Object.hasOwn(desired, name)));
}

/** A group that is the primary one of somebody who stays cannot go. */
function isPrimary(
  group: readonly string[] | undefined,
  users: AccountTable["users"],
  removed: ReadonlySet<string>,
): boolean {
  return [...users].some(([name, fields]) => !removed.has(name) && fields[3] === group?.[2]);
}

/** Reads an id of a line. */
export function idOf(fields: readonly string[] | undefined): number | undefined {
  return fields === undefined ? undefined : Number(fields[2]);
}
