import type { AccountFiles } from "@firn/account";

/** Numbers of users and groups, by name. */
export interface AccountIds {
  readonly users: ReadonlyMap<string, { readonly uid: number; readonly gid: number; readonly home: string }>;
  readonly groups: ReadonlyMap<string, number>;
}

/** Reads the numbers from account files; lines that are none are passed over. */
export function readIds({ group, passwd }: Pick<AccountFiles, "group" | "passwd">): AccountIds {
  const users = new Map<string, { uid: number; gid: number; home: string }>();
  for (const [name = "", , uid, gid, , home = ""] of fieldsOf(passwd)) {
    if (isNumber(uid) && isNumber(gid) && !users.has(name))
      users.set(name, { uid: Number(uid), gid: Number(gid), home });
  }
  const groups = new Map<string, number>();
  for (const [name = "", , gid] of fieldsOf(group))
    if (isNumber(gid) && !groups.has(name)) groups.set(name, Number(gid));
  return { users, groups };
}

function fieldsOf(text: string): string[][] {
  return text.split("\n").map((line) => line.split(":"));
}

function isNumber(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,10}$/.test(text);
}

/** Number of a user, given by name or number. */
export function uidOf(user: string, { users }: AccountIds): number | undefined {
  if (user === "root") return 0;
  return /^\d+$/.test(user) ? Number(user) : users.get(user)?.uid;
}

/** Number of a group, given by name or number. */
export function gidOf(group: string, { groups }: AccountIds): number | undefined {
  if (group === "root") return 0;
  return /^\d+$/.test(group) ? Number(group) : groups.get(group);
}
