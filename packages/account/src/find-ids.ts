import type { Diagnostic } from "@firn/diagnostic";
import type { IdRanges } from "./account-ids.ts";
import { sorted } from "./account-line.ts";
import { accountError } from "./account-problem.ts";
import { type AccountNumbers, type AccountTable, idOf } from "./account-table.ts";
import { assignIds, type IdAssignment, type IdWish, keepIds } from "./assign-ids.ts";

/** Finds an id for each user and group that is declared, and remembers those that Firn gave. */
export function findIds(table: AccountTable, ranges: IdRanges): { ids: AccountNumbers; problems: Diagnostic[] } {
  const users = assignmentOf(table, "user", ranges);
  const groups = assignmentOf(table, "group", ranges);
  const keptGids = keepIds(groups);
  const takenGids = new Set([...groups.others.values(), ...keptGids.values(), ...groups.reserved]);
  const uids = assignIds(users, keepIds(users), {
    // Whoever has a group of the own name gets the same number for both.
    unfit: (name) => (isOwnGroup(table, name) && !keptGids.has(name) ? takenGids : undefined),
  });
  const gids = assignIds(groups, keptGids, {
    preferred: (name) => (isOwnGroup(table, name) ? uids.get(name) : undefined),
  });
  rememberIds(table, { uids, gids });
  return {
    ids: { uids, gids },
    problems: [...findShortages(users, uids, "user"), ...findShortages(groups, gids, "group")],
  };
}

function isOwnGroup({ desired }: AccountTable, name: string): boolean {
  return Object.hasOwn(desired.users, name) && desired.users[name]?.group === name;
}

function assignmentOf(table: AccountTable, what: "user" | "group", ranges: IdRanges): IdAssignment {
  const { desired, memory } = table;
  const isUser = what === "user";
  const lines = isUser ? table.users : table.groups;
  const declared: {
    readonly [name: string]: { readonly isSystem: boolean; readonly uid?: number; readonly gid?: number };
  } = isUser ? desired.users : desired.groups;
  const { fields, made } = memory.files[isUser ? "passwd" : "group"];
  const wishes = sorted(Object.keys(declared)).map((name): IdWish => {
    const { gid, isSystem = false, uid } = declared[name] ?? {};
    const current = idOf(lines.get(name));
    const record = fields.get(name)?.get(2);
    const own = record !== undefined && record[1] === String(current) ? Number(record[0]) : current;
    return {
      name,
      declared: isUser ? uid : gid,
      isSystem,
      isMade: made.has(name) || current === undefined,
      current,
      own,
    };
  });
  const removed = isUser ? table.removedUsers : table.removedGroups;
  const others = [...lines].filter(([name]) => !Object.hasOwn(declared, name) && !removed.has(name));
  return {
    wishes,
    others: new Map(others.map(([name, each]) => [name, Number(each[2])])),
    remembered: isUser ? memory.uids : memory.gids,
    reserved: isUser ? new Set() : primaryGids(table),
    ranges,
  };
}

function primaryGids({ desired, removedUsers, users }: AccountTable): Set<number> {
  const staying = [...users].filter(([name]) => !removedUsers.has(name) && !Object.hasOwn(desired.users, name));
  return new Set(staying.map(([, fields]) => Number(fields[3])));
}

/** Ids of what Firn made are nobody else's, also when the name is gone: files may still have them. */
function rememberIds({ groups, memory, users }: AccountTable, { gids, uids }: AccountNumbers): void {
  const keep = (
    map: Map<string, readonly number[]>,
    { given, isOurs }: { given: ReadonlyMap<string, number>; isOurs: (name: string) => boolean },
  ): void => {
    for (const [name, id] of given) {
      if (isOurs(name)) map.set(name, [id, ...(map.get(name) ?? []).filter((each) => each !== id)]);
    }
  };
  const { group, passwd } = memory.files;
  keep(memory.uids, { given: uids, isOurs: (name) => passwd.made.has(name) || !users.has(name) });
  keep(memory.gids, { given: gids, isOurs: (name) => group.made.has(name) || !groups.has(name) });
}

function findShortages(
  { wishes }: IdAssignment,
  given: ReadonlyMap<string, number>,
  what: "user" | "group",
): Diagnostic[] {
  return wishes.flatMap(({ name }) =>
    given.has(name)
      ? []
      : [
          accountError({
            optionPath: ["users", `${what}s`, name],
            message: `Cannot find a free id for the ${what} ${JSON.stringify(name)}`,
            why: ["All ids of its range are taken, or were once given to others"],
            fix: `Give it one: users.${what}s.${name}.${what === "user" ? "uid" : "gid"}`,
          }),
        ],
  );
}
