import { nameChecked } from "@modules/explained-types";
import files from "@modules/files";
import homes from "@modules/homes";
import { defineModule, mkDefault, option, types } from "firn";
import { groupNames, userNames } from "./account-types.ts";
import { group } from "./group-options.ts";
import { user } from "./user-options.ts";

/** Users and groups of the host. */
export default defineModule({
  name: "users",
  imports: [files, homes],
  options: {
    users: {
      users: option({
        type: types.attrsOf(nameChecked(user, userNames)),
        default: {},
        example: { ada: { isNormalUser: true, extraGroups: ["sudo"] } },
        description: "Users, by login name. One that is there already is taken over: what is declared changes",
      }),
      groups: option({
        type: types.attrsOf(nameChecked(group, groupNames)),
        default: {},
        description: "Groups, by name. The group of a user's own name needs no declaration",
      }),
    },
  },
  config({ assert, config }, define) {
    const users = Object.entries(config.users.users);
    for (const [name, each] of users) {
      if (each.group === name && name !== "root") {
        define({ users: { groups: { [name]: { isSystem: mkDefault(each.isSystem) } } } });
      }
      if (each.createHome) {
        const { group, home, homeMode } = each;
        define({ environment: { directories: { [home]: { mode: homeMode, user: name, group } } } });
      }
      if (each.authorizedKeys.length === 0) continue;
      // sshd refuses a file that others could change, and one behind a link to a folder of root's is of others.
      const keys = { text: `${each.authorizedKeys.join("\n")}\n`, mode: "0600" };
      const files = { ".ssh/authorized_keys": keys };
      define({ homes: { [name]: { files, directories: { ".ssh": { mode: "0700" } } } } });
    }
    for (const [id, names] of sharedIds(users.map(([name, { uid }]) => [name, uid]))) {
      assert(false, `the users ${names} have the same id ${id}`);
    }
    for (const [id, names] of sharedIds(Object.entries(config.users.groups).map(([name, { gid }]) => [name, gid]))) {
      assert(false, `the groups ${names} have the same id ${id}`);
    }
  },
});

/** Finds ids that several names are given, with these names. */
function sharedIds(given: readonly (readonly [string, number | null])[]): [number, string][] {
  const byId = new Map<number, string[]>();
  for (const [name, id] of given) {
    if (id !== null) byId.set(id, [...(byId.get(id) ?? []), JSON.stringify(name)]);
  }
  return [...byId].flatMap(([id, names]) => (names.length > 1 ? [[id, names.join(" and ")]] : []));
}
