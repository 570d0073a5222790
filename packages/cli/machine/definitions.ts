import type { Thing } from "./switched-host.ts";

const person = { group: "users", home: "/home/x", shell: "/bin/sh" };

/** What a machine has that is its user's: some of it is in the way of the definitions below. */
export const userThings: Readonly<Record<string, Thing>> = {
  "/etc/passwd": { what: "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000:Ada:/home/ada:/bin/sh\n" },
  "/etc/group": { what: "root:x:0:\nusers:x:100:\nada:x:1000:\n" },
  "/etc/shadow": { what: "root:*:19000:0:99999:7:::\nada:!:19000:0:99999:7:::\n", mode: 0o600 },
  "/etc/gshadow": { what: "root:*::\nusers:*::\nada:!::\n", mode: 0o600 },
  "/etc/alone": { what: "nobody wants this path\n", mode: 0o604 },
  "/etc/motd": { what: "in the way of the second\n", mode: 0o640, owner: 1000 },
  "/etc/issue": { what: "in the way of the first\n", mode: 0o600 },
  "/etc/profile-link": { what: "-> /somewhere" },
  "/etc/folder": { mode: 0o700, owner: 1000 },
  "/etc/folder/inside": { what: "in a folder that is in the way\n" },
  "/etc/where-a-folder-goes": { what: "a file where a directory is wanted\n" },
  "/home/ada": { owner: 1000 },
  "/home/ada/.profile": { what: "ada's own\n", owner: 1000 },
};

const many = Array.from({ length: 10 }, (_, index) => index);

function etc(version: string): Record<string, unknown> {
  const links = many.map((index) => [`many/${index}`, { text: index % 3 === 0 ? `${version}\n` : "same\n" }]);
  const files = many.map((index) => [`real/${index}`, { text: `${version}\n`, mode: "0640" }]);
  return {
    ...Object.fromEntries([...links, ...files]),
    changed: { text: `${version}\n` },
    script: { text: "#!/bin/sh\n", executable: true },
  };
}

/** A definition of a host. */
export const first: object = {
  environment: {
    etc: {
      ...etc("first"),
      issue: { text: "ours\n" },
      "gone/link": { text: "first\n" },
      "gone/real": { text: "first\n", mode: "0600" },
      "gone/to": { to: "/somewhere" },
    },
    directories: { "/srv/first": { mode: "0750" } },
  },
  users: {
    groups: { crew: {}, old: {} },
    users: { bob: { ...person, uid: 2000, home: "/home/bob" }, old: { ...person, group: "old" } },
  },
  homes: { ada: { files: { ".config/tool": { text: "first\n" }, ".gone": { text: "first\n" } } } },
};

/** Another, that adds, changes and removes, takes over and gives back, and changes accounts. */
export const second: object = {
  environment: {
    etc: {
      ...etc("second"),
      motd: { text: "ours\n" },
      "profile-link": { to: "/elsewhere" },
      folder: { text: "a file where a directory is\n", mode: "0644" },
      "where-a-folder-goes/file": { text: "second\n" },
      "new/deep/link": { text: "second\n" },
      "new/deep/real": { text: "second\n", mode: "0600" },
    },
    directories: { "/srv/second": { mode: "0700" } },
  },
  users: {
    groups: { crew: { members: ["ada"] }, fresh: {} },
    users: {
      bob: { ...person, uid: 2000, home: "/home/bob", description: "Bob" },
      fresh: { ...person, group: "fresh" },
    },
  },
  homes: { ada: { files: { ".config/tool": { text: "second\n" }, ".new/deep": { text: "second\n" } } } },
};

const folders = Array.from({ length: 100 }, (_, index) => index);

/** The first with a hundred more contents, for builds to have something to do, and collections. */
export const large: object = {
  ...first,
  environment: {
    etc: Object.fromEntries(folders.map((index) => [`large/${index}/file`, { text: `content ${index}\n` }])),
  },
};
