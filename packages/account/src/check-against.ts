import type { Diagnostic } from "@firn/diagnostic";
import { accountError } from "./account-problem.ts";
import { type AccountTable, idOf } from "./account-table.ts";

/** Checks what is declared against what is there: ids that are taken, groups that are missing, users who cannot go. */
export function checkAgainst(table: AccountTable, busy: readonly string[]): Diagnostic[] {
  const { desired, groups, removedUsers, removedGroups, users } = table;
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
    ...[...removedUsers].filter((name) => busy.includes(name)).map(refuseBusy),
  ];
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
