import { remember } from "./account-memory.ts";
import type { AccountContext } from "./account-table.ts";
import { sorted } from "./account-line.ts";
import { editLines, type LineEdit } from "./edit-lines.ts";
import { parseMembers, settleMembers } from "./member-list.ts";
import { settleFields } from "./settle-fields.ts";

/** Edits group or gshadow, which have the same members. */
export function editGroups(context: AccountContext, file: "group" | "gshadow"): string {
  const { actual, desired, memory, removedGroups } = context;
  const own = memory.files[file];
  const text = actual[file] ?? "";
  if (file === "group") rememberStanding(context);
  const wanted = wantedMembers(context);
  const names = new Set([
    ...Object.keys(desired.groups),
    ...wanted.keys(),
    ...own.fields.keys(),
    ...own.members.keys(),
  ]);
  const touched = [...names, ...own.made, ...removedGroups, ...groupsOfRemoved(text, context)];
  const edits = new Map(touched.map((name) => [name, editGroup(name, file, { context, wanted })] as const));
  const edited = editLines({ file, text, made: own.made, edits });
  own.made = edited.made;
  for (const name of removedGroups) for (const map of [own.fields, own.members]) map.delete(name);
  if (file === "gshadow" || actual.gshadow === undefined) forgetStanding(context);
  return edited.text;
}

/** Who is to be in which group beyond their primary one. */
function wantedMembers({ desired }: AccountContext): Map<string, readonly string[]> {
  const wanted = new Map<string, Set<string>>();
  const add = (group: string, member: string): void =>
    void wanted.set(group, (wanted.get(group) ?? new Set()).add(member));
  for (const [name, { members }] of Object.entries(desired.groups)) for (const member of members) add(name, member);
  for (const [name, { extraGroups }] of Object.entries(desired.users))
    for (const group of extraGroups) add(group, name);
  return new Map([...wanted].map(([name, members]) => [name, sorted(members)]));
}

function groupsOfRemoved(text: string, { removedUsers }: AccountContext): string[] {
  if (removedUsers.size === 0) return [];
  return text.split("\n").flatMap((line) => {
    const fields = line.split(":");
    return fields.length === 4 && parseMembers(fields[3] ?? "").some((name) => removedUsers.has(name))
      ? [fields[0] ?? ""]
      : [];
  });
}

interface GroupEditing {
  readonly context: AccountContext;
  readonly wanted: ReadonlyMap<string, readonly string[]>;
}

function editGroup(name: string, file: "group" | "gshadow", { context, wanted }: GroupEditing): LineEdit {
  const { desired, ids, memory, removedGroups, removedUsers } = context;
  const own = memory.files[file];
  const stood = memory.files.group.stood;
  return (fields) => {
    const isDesired = Object.hasOwn(desired.groups, name);
    // A group that was there before may have had no line in gshadow.
    if (removedGroups.has(name) || (file === "gshadow" && own.made.has(name) && !isDesired)) return undefined;
    const isNew = fields === undefined;
    if (isNew && !isDesired) return undefined;
    const { added, list } = settleMembers({
      list: fields?.[3] ?? "",
      wanted: wanted.get(name) ?? [],
      added: own.members.get(name) ?? [],
      isGone: (member) => removedUsers.has(member) && stood.get(member)?.includes(name) !== true,
    });
    remember(own.members, name, added.length === 0 ? undefined : added);
    const gid = ids.gids.get(name);
    if (isNew) return file === "group" ? [name, "x", String(gid ?? ""), list] : [name, "!", "", list];
    const isOurs = own.made.has(name);
    if (file === "gshadow" || gid === undefined) return [...fields.slice(0, 3), list];
    if (isOurs) return [name, fields[1] ?? "x", String(gid), list];
    const declared = desired.groups[name]?.gid;
    const settled = settleFields(
      fields.slice(0, 3),
      declared === undefined ? [] : [[2, String(declared)]],
      own.fields.get(name),
    );
    remember(own.fields, name, settled.records.size === 0 ? undefined : settled.records);
    return [...settled.fields, list];
  };
}

/** Groups may name a user who is not there yet; they still do once the user is gone again. */
function rememberStanding({ desired, groups, memory, users }: AccountContext): void {
  const { stood } = memory.files.group;
  for (const name of Object.keys(desired.users)) {
    if (users.has(name)) continue;
    const naming = [...groups]
      .filter(([, fields]) => parseMembers(fields[3] ?? "").includes(name))
      .map(([group]) => group);
    remember(stood, name, naming.length === 0 ? undefined : sorted(naming));
  }
}

function forgetStanding({ memory, removedUsers }: AccountContext): void {
  for (const name of removedUsers) memory.files.group.stood.delete(name);
}
