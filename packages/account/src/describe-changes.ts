import type { AccountChange, AccountFileName, AccountFiles } from "./account-files.ts";
import { listEntries, sorted } from "./account-line.ts";
import { parseMembers } from "./member-list.ts";

/** Describes in what the accounts of two states of the files differ; never by a hash. */
export function describeChanges(before: AccountFiles, after: AccountFiles): AccountChange[] {
  const [was, is] = [readAccounts(before), readAccounts(after)];
  return [...compareAll("group", was.groups, is.groups), ...compareAll("user", was.users, is.users)];
}

/** Facts about an account by name, in the order in which they are told. */
type Facts = ReadonlyMap<string, string>;

function readAccounts(files: AccountFiles): { users: ReadonlyMap<string, Facts>; groups: ReadonlyMap<string, Facts> } {
  const names = new Map(linesOf("group", files.group).map(([name = "", , gid = ""]) => [gid, name]));
  const passwords = new Map(linesOf("shadow", files.shadow).map((fields) => [fields[0], fields]));
  const memberships = membershipsOf(files);
  const users = linesOf("passwd", files.passwd).map(
    ([name = "", , uid = "", gid = "", gecos = "", home = "", shell = ""]) => {
      const [, hash = "", , , , , , expires = ""] = passwords.get(name) ?? [];
      const ranges = [...linesOf("subuid", files.subuid), ...linesOf("subgid", files.subgid)].filter(
        ([of]) => of === name,
      );
      const facts: [string, string][] = [
        ["uid", uid],
        ["group", names.get(gid) ?? gid],
        ["groups", (memberships.get(name) ?? []).join(" ")],
        ["description", gecos],
        ["home", home],
        ["shell", shell],
        ["password", hash],
        ["expires on day", expires],
        ["subordinate ids", [...new Set(ranges.map(([, start]) => start))].join(" ")],
      ];
      return [name, new Map(facts)] as const;
    },
  );
  const groups = linesOf("group", files.group).map(
    ([name = "", , gid = ""]) => [name, new Map([["gid", gid]])] as const,
  );
  return { users: new Map(users), groups: new Map(groups) };
}

function linesOf(file: AccountFileName, text: string | undefined): readonly (readonly string[])[] {
  return listEntries(file, text);
}

function membershipsOf({ group }: AccountFiles): Map<string, string[]> {
  const memberships = new Map<string, string[]>();
  for (const [name = "", , , members = ""] of listEntries("group", group)) {
    for (const member of parseMembers(members)) memberships.set(member, [...(memberships.get(member) ?? []), name]);
  }
  return memberships;
}

function compareAll(
  what: "user" | "group",
  before: ReadonlyMap<string, Facts>,
  after: ReadonlyMap<string, Facts>,
): AccountChange[] {
  return sorted(new Set([...before.keys(), ...after.keys()])).flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    const kind = was === undefined ? "add" : is === undefined ? "remove" : "change";
    const details =
      is === undefined ? [] : [...is].flatMap(([fact, value]) => describeFact(fact, was?.get(fact), value));
    const isSame = kind === "change" && details.length === 0;
    return isSame
      ? []
      : [{ kind, what, name, details: kind === "remove" && what === "user" ? ["the home stays"] : details }];
  });
}

function describeFact(fact: string, was: string | undefined, is: string): string[] {
  if (was === is || (was === undefined && is === "")) return [];
  if (fact === "password") return was === undefined && is === "!" ? [] : ["password set"];
  if (fact === "groups") return [describeGroups(was ?? "", is)];
  return [was === undefined || was === "" ? `${fact} ${is}` : `${fact} ${was} -> ${is === "" ? "none" : is}`];
}

function describeGroups(was: string, is: string): string {
  const [before, after] = [was, is].map((text) => new Set(text.split(" ").filter((name) => name !== ""))) as [
    Set<string>,
    Set<string>,
  ]; // One of each.
  const added = [...after].filter((name) => !before.has(name)).map((name) => `+${name}`);
  const removed = [...before].filter((name) => !after.has(name)).map((name) => `-${name}`);
  return `groups ${[...added, ...removed].join(" ")}`;
}
