import { mkDefault, option, types } from "firn";
import { accountId, accountName, folderMode, passwdPath, passwdText, passwordHash } from "./account-types.ts";
import { authorizedKey } from "./authorized-key.ts";

/** A path that is on no machine: the home of whoever has none. */
export const noHome = "/nonexistent";

/** One user. */
export const user = types.submodule({
  options: {
    isNormalUser: option({ type: types.bool, default: false, description: "Whether a person logs in as it" }),
    isSystemUser: option({
      type: types.bool,
      default: false,
      description: "Whether it runs a service; so does every user that is no normal one",
    }),
    isSystem: option({
      type: types.bool,
      readOnly: true,
      description: "Whether its id is from the range of the system",
    }),
    uid: option({
      type: types.nullOr(accountId),
      default: null,
      description: "User id; null takes a free one, which the name then keeps on this host",
    }),
    group: option({ type: accountName, description: "Primary group" }),
    extraGroups: option({ type: types.listOf(accountName), default: [], description: "Further groups" }),
    home: option({ type: passwdPath, description: "Home folder" }),
    createHome: option({
      type: types.bool,
      description: "Whether the home folder is made; it stays when the user goes",
    }),
    homeMode: option({ type: folderMode, default: "0700", description: "Permissions of the home folder, in octal" }),
    shell: option({ type: passwdPath, description: "Login shell" }),
    description: option({ type: passwdText, default: "", description: "Name of the person, or what the user is for" }),
    authorizedKeys: option({
      type: types.listOf(authorizedKey),
      default: [],
      description: "SSH public keys that may log in; they are the whole of .ssh/authorized_keys",
    }),
    hashedPassword: option({
      type: passwordHash,
      default: null,
      description:
        'Hash of the password, from "mkpasswd"; null leaves the password alone, and a new user then has none that fits',
    }),
    subIds: option({
      type: types.bool,
      description: "Whether it has ranges of subordinate ids, for containers without root",
    }),
  },
  config({ assert, config, name }, define) {
    const person = config.isNormalUser;
    const isRoot = name === "root";
    assert(!(person && config.isSystemUser), "a user is a normal one or one of the system, and not both");
    define({
      isSystem: !person,
      group: mkDefault(name),
      home: mkDefault(person ? `/home/${name}` : isRoot ? "/root" : noHome),
      shell: mkDefault(person || isRoot ? "/bin/bash" : "/usr/sbin/nologin"),
      createHome: mkDefault(person),
      subIds: mkDefault(person),
    });
    const isHomeless = config.home === noHome;
    assert(!(isHomeless && config.createHome), `the home folder ${noHome} is not to be made; set "home"`);
    assert(!(isHomeless && config.authorizedKeys.length > 0), 'a user without home folder has no SSH keys; set "home"');
  },
});
