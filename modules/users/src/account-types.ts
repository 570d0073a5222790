import { type CheckName, concealed, explainedStr } from "@modules/explained-types";
import { type OptionType, types } from "firn";

/** Says what is wrong with the name of a user or a group, as useradd(8) of Debian and systemd see it. */
function checkAccountName(name: string): string | undefined {
  if (/^[a-z_][a-z0-9_-]*\$?$/.test(name)) return name.length > 31 ? "A name has 31 characters at the most" : undefined;
  return "A name starts with a lower-case letter or _ and goes on with those, digits and -";
}

function adviseName(name: string): string | undefined {
  const lower = name.toLowerCase();
  return lower !== name && checkAccountName(lower) === undefined ? `Write ${JSON.stringify(lower)}` : undefined;
}

/** How the names of users are checked. */
export const userNames: CheckName = { kind: "a user", check: checkAccountName, advise: adviseName };

/** How the names of groups are checked. */
export const groupNames: CheckName = { kind: "a group", check: checkAccountName, advise: adviseName };

/** The name of a user or a group. */
export const accountName: OptionType<string> = explainedStr({
  description: "name of a user or group",
  check: checkAccountName,
  advise: adviseName,
});

/** The id of a user or a group; 65535 and the last one stand for "none" in system calls. */
export const accountId: OptionType<number> = types.addCheck(
  types.ints.between(0, 4_294_967_294),
  (id) => id !== 65_535,
  "user or group id (0 to 4294967294, but not 65535)",
);

/** Text for a field of passwd(5). */
export const passwdText: OptionType<string> = explainedStr({
  description: 'text without ":"',
  check: (text) =>
    /[:\n\0]/.test(text) ? "The account files have a colon between two fields, and a line each" : undefined,
});

/** A path for a field of passwd(5). */
export const passwdPath: OptionType<string> = explainedStr({
  description: 'absolute path without ":"',
  check(text) {
    if (!text.startsWith("/")) return 'An absolute path starts with "/"';
    return /[:\n\0]/.test(text) ? "The account files have a colon between two fields" : undefined;
  },
});

/** Methods of crypt(5) that a hash may be of; the oldest, without "$", looks like any word of 13 letters. */
const hashes = [
  /^\$y\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}$/,
  /^\$gy\$[./A-Za-z0-9]+\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}$/,
  /^\$7\$[./A-Za-z0-9]{11,97}\$[./A-Za-z0-9]{43}$/,
  /^\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}$/,
  /^\$6\$(?:rounds=\d+\$)?[^$:\n]{1,16}\$[./A-Za-z0-9]{86}$/,
  /^\$5\$(?:rounds=\d+\$)?[^$:\n]{1,16}\$[./A-Za-z0-9]{43}$/,
];

/** A hash of a password, or "!" and "*", with which no password fits. Problems never show it. */
export const passwordHash: OptionType<string | null> = concealed(
  types.nullOr(
    explainedStr({
      description: "hash of a password as crypt(5) has it",
      check: (hash) =>
        hash === "!" || hash === "*" || hashes.some((pattern) => pattern.test(hash))
          ? undefined
          : 'A hash comes from "mkpasswd" or "openssl passwd -6", and starts with "$"',
    }),
  ),
);

/** Permissions of a folder. */
export const folderMode: OptionType<string> = types.strMatching(/[0-7]{4}/);
