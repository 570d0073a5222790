import { defineModule, mkDefault, option, types } from "firn";

/** Users and groups of the host. */
export default defineModule({
  name: "users",
  options: {
    users: {
      users: option({
        type: types.attrsOf(
          types.submodule({
            options: {
              isNormalUser: option({ type: types.bool, default: false, description: "Whether a person logs in as it" }),
              uid: option({ type: types.nullOr(types.ints.between(0, 65534)), default: null, description: "User id" }),
              group: option({ type: types.str, description: "Primary group" }),
              extraGroups: option({ type: types.listOf(types.str), default: [], description: "Further groups" }),
              home: option({ type: types.path, description: "Home folder" }),
              shell: option({ type: types.path, description: "Login shell" }),
              authorizedKeys: option({
                type: types.listOf(types.singleLineStr),
                default: [],
                description: "SSH public keys that may log in",
              }),
            },
            config({ config, name }, define) {
              const person = config.isNormalUser;
              define({
                group: mkDefault(name),
                home: mkDefault(person ? `/home/${name}` : "/nonexistent"),
                shell: mkDefault(person ? "/bin/bash" : "/usr/sbin/nologin"),
              });
            },
          }),
        ),
        default: {},
        description: "Users, by login name",
      }),
      groups: option({
        type: types.attrsOf(
          types.submodule({
            options: {
              gid: option({ type: types.nullOr(types.ints.between(0, 65534)), default: null, description: "Group id" }),
            },
          }),
        ),
        default: {},
        description: "Groups, by name",
      }),
    },
  },
  config({ config }, define) {
    const groups = Object.values(config.users.users).flatMap(({ extraGroups, group }) => [group, ...extraGroups]);
    define({ users: { groups: Object.fromEntries(groups.map((name) => [name, {}])) } });
  },
});
