import type { Diagnostic } from "@firn/diagnostic";
import { listEntries } from "./account-line.ts";
import { accountError, accountWarning } from "./account-problem.ts";
import { type AccountNumbers, type AccountTable, idOf } from "./account-table.ts";

/** Checks what is declared against what is there: ids that are taken, groups that are missing, users who cannot go. */
export function checkAgainst(table: AccountTable, busy: readonly string[]): Diagnostic[] {
  const { desired, groups, removedUsers, removedGroups, users } = table;
  const missing = findMissingFiles(table);
  // All else would only follow from it.
  if (missing.length > 0) return missing;
  const known = new Set([
    ...[...groups.keys()].filter((name) => !removedGroups.has(name)),
    ...Object.keys(desired.groups),
  ]);
  return [
    ...Object.entries(desired.users).flatMap(([name, { extraGroups, group, uid }]) => [
      ...[group, ...extraGroups].flatMap((each) => (known.has(each) ? [] : [missingGroup(name, each, each === group)])),
      ...findTaken({ what: "user", name, id: uid }, { lines: users, removed: removedUsers, declared: desired.users }),
    ]),
    ...Object.entries(desired.groups).flatMap(([name, { gid }]) =>
      findTaken({ what: "group", name, id: gid }, { lines: groups, removed: removedGroups, declared: desired.groups }),
    ),
    ...findDoubles(table),
    ...[...removedUsers].filter((name) => busy.includes(name)).map(refuseBusy),
  ];
}

/** Warns of users and groups that get another id: files keep the old one. */
export function warnOfNewIds({ groups, users }: AccountTable, { gids, uids }: AccountNumbers): Diagnostic[] {
  return [...warnOfNewId("user", users, uids), ...warnOfNewId("group", groups, gids)];
}

function warnOfNewId(
  what: "user" | "group",
  lines: ReadonlyMap<string, readonly string[]>,
  ids: ReadonlyMap<string, number>,
): Diagnostic[] {
  return [...ids].flatMap(([name, id]) => {
    const was = idOf(lines.get(name));
    if (was === undefined || was === id) return [];
    const [flag, change] = what === "user" ? ["uid", "chown -h"] : ["gid", "chgrp -h"];
    return [
      accountWarning({
        optionPath: ["users", `${what}s`, name, flag],
        message: `The ${what} ${JSON.stringify(name)} gets the id ${id} instead of ${was}`,
        why: ["Files keep the number that they have, and nobody else gets it"],
        fix: `After the switch, for each file system: find / -xdev -${flag} ${was} -exec ${change} ${name} {} +`,
      }),
    ];
  });
}

/** A root without these files has no accounts that could be edited. */
function findMissingFiles({ actual, desired, removedGroups, removedUsers }: AccountTable): Diagnostic[] {
  const isTouched =
    removedGroups.size + removedUsers.size + Object.keys({ ...desired.users, ...desired.groups }).length > 0;
  return (["passwd", "group"] as const).flatMap((file) =>
    isTouched && actual[file] === ""
      ? [
          accountError({
            optionPath: ["users"],
            message: `Cannot change users and groups: "/etc/${file}" is missing or empty`,
            why: ["Every system has at least root there"],
            fix: `Put the file there that the distribution has: /usr/share/base-passwd/${file}.master of Debian`,
          }),
        ]
      : [],
  );
}

/** Of two lines with one name the system reads the first, and the other would come to light when that one goes. */
function findDoubles({ actual, desired, removedGroups, removedUsers }: AccountTable): Diagnostic[] {
  const users = new Set([...Object.keys(desired.users), ...removedUsers]);
  const groups = new Set([...Object.keys(desired.groups), ...removedGroups]);
  return (["passwd", "shadow", "group", "gshadow"] as const).flatMap((file) => {
    const what = file === "passwd" || file === "shadow" ? "user" : "group";
    const named = listEntries(file, actual[file]).map(([name = ""]) => name);
    const doubles = new Set(named.filter((name, index) => named.indexOf(name) !== index));
    return [...doubles].filter((name) => (what === "user" ? users : groups).has(name)).map(describe);

    function describe(name: string): Diagnostic {
      return accountError({
        optionPath: ["users", `${what}s`, name],
        message: `Cannot tell which line of "/etc/${file}" is that of the ${what} ${JSON.stringify(name)}`,
        why: ["More than one has this name"],
        fix: `Keep one of them: ${what === "user" ? "vipw" : "vigr"}${file.endsWith("shadow") ? " -s" : ""}`,
      });
    }
  });
}

function missingGroup(user: string, group: string, isPrimary: boolean): Diagnostic {
  return accountError({
    optionPath: ["users", "users", user, isPrimary ? "group" : "extraGroups"],
    message: `Cannot add the user ${JSON.stringify(user)} to the group ${JSON.stringify(group)}: there is no such group`,
    fix: `Declare it: users.groups.${group}`,
  });
}

interface DeclaredId {
  readonly what: "user" | "group";
  readonly name: string;
  readonly id: number | undefined;
}

interface Holders {
  readonly lines: ReadonlyMap<string, readonly string[]>;
  readonly removed: ReadonlySet<string>;
  readonly declared: { readonly [name: string]: { readonly uid?: number; readonly gid?: number } };
}

function findTaken({ id, name, what }: DeclaredId, { declared, lines, removed }: Holders): Diagnostic[] {
  if (id === undefined) return [];
  const field = what === "user" ? "uid" : "gid";
  const other = Object.keys(declared).find((each) => each !== name && declared[each]?.[field] === id);
  const holder =
    other ??
    [...lines].find(
      ([each, fields]) =>
        each !== name && idOf(fields) === id && !removed.has(each) && declared[each]?.[field] === undefined,
    )?.[0];
  // A name that had it already may share it, as toor does with root.
  if (holder === undefined || (other === undefined && idOf(lines.get(name)) === id)) return [];
  return [
    accountError({
      optionPath: ["users", `${what}s`, name, field],
      message: `Cannot give the id ${id} to the ${what} ${JSON.stringify(name)}: the ${what} ${JSON.stringify(holder)} has it`,
      fix: `Write another number, or none: users.${what}s.${name}.${field}`,
    }),
  ];
}

function refuseBusy(name: string): Diagnostic {
  return accountError({
    optionPath: ["users", "users", name],
    message: `Cannot remove the user ${JSON.stringify(name)}: processes of that user run`,
    why: ["They would go on without a name, and whoever gets the id later would own them"],
    fix: `loginctl terminate-user ${name}, then try again; or keep it declared`,
  });
}
