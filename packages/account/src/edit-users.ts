import { parseLines } from "./account-line.ts";
import { remember } from "./account-memory.ts";
import type { AccountContext } from "./account-table.ts";
import type { DesiredUser } from "./desired-accounts.ts";
import { editLines, type LineEdit } from "./edit-lines.ts";
import { settleFields } from "./settle-fields.ts";

/** Edits passwd. */
export function editUsers(context: AccountContext): string {
  const { actual, desired, memory, removedUsers } = context;
  const own = memory.files.passwd;
  const names = new Set([...Object.keys(desired.users), ...own.fields.keys(), ...removedUsers]);
  const edits = new Map([...names].map((name) => [name, editUser(name, context)] as const));
  const { made, text } = editLines({ file: "passwd", text: actual.passwd, made: own.made, edits });
  own.made = made;
  for (const name of removedUsers) own.fields.delete(name);
  return text === "" && parseLines(actual.passwd).lines.length === 0 ? actual.passwd : text;
}

function editUser(name: string, context: AccountContext): LineEdit {
  const { desired, memory, removedUsers } = context;
  const own = memory.files.passwd;
  const user = Object.hasOwn(desired.users, name) ? desired.users[name] : undefined;
  return (fields) => {
    if (removedUsers.has(name)) return undefined;
    if (user !== undefined && (fields === undefined || own.made.has(name))) {
      return [name, fields?.[1] ?? "x", ...ownFields(name, user, context)];
    }
    if (fields === undefined) return undefined;
    const wanted = user === undefined ? [] : wantedFields(ownFields(name, user, context), user);
    const settled = settleFields(fields, wanted, own.fields.get(name));
    remember(own.fields, name, settled.records.size === 0 ? undefined : settled.records);
    return settled.fields;
  };
}

function ownFields(name: string, user: DesiredUser, { groups, ids }: AccountContext): string[] {
  const gid = ids.gids.get(user.group) ?? groups.get(user.group)?.[2] ?? "";
  return [String(ids.uids.get(name) ?? ""), String(gid), user.description, user.home, user.shell];
}

/** Of a user who was there before, a description that is not declared stays. */
function wantedFields(
  [uid = "", gid = "", gecos = "", home = "", shell = ""]: readonly string[],
  user: DesiredUser,
): [number, string][] {
  return [
    ...(user.uid === undefined ? [] : ([[2, uid]] as [number, string][])),
    [3, gid],
    ...(gecos === "" ? [] : ([[4, gecos]] as [number, string][])),
    [5, home],
    [6, shell],
  ];
}
