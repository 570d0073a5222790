import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AccountFiles,
  type AccountMemory,
  type DesiredAccounts,
  type DesiredUser,
  planAccounts,
} from "@firn/account";
import { assert, boolean, constantFrom, dictionary, property, record, subarray, type Arbitrary } from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";

const today = 20_000;
const hash = `$6$salt$${"a".repeat(86)}`;
const otherHash = `$6$salt$${"b".repeat(86)}`;

const debian: AccountFiles = {
  passwd: "root:x:0:0:root:/root:/bin/bash\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\n",
  group: "root:x:0:\nsudo:x:27:\nwww-data:x:33:\n",
  shadow: "root:*:19000:0:99999:7:::\nwww-data:*:19000:0:99999:7:::\n",
  gshadow: "root:*::\nsudo:*::\nwww-data:*::\n",
  subuid: "",
  subgid: "",
};

function user(fields: Partial<DesiredUser> = {}): DesiredUser {
  const plain = { extraGroups: [], home: "/home/x", shell: "/bin/sh", description: "", isSystem: false, subIds: false };
  return { ...plain, group: "users", ...fields };
}

function ada(fields: Partial<DesiredUser> = {}): DesiredAccounts {
  return {
    users: { ada: user({ group: "ada", extraGroups: ["sudo"], home: "/home/ada", ...fields }) },
    groups: { ada: { members: [], isSystem: false } },
  };
}

const nobody: DesiredAccounts = { users: {}, groups: {} };

interface Machine {
  readonly files: AccountFiles;
  readonly memory?: AccountMemory;
}

/** Goes to what is desired, which must work, and gives the machine afterwards. */
function settle({ files, memory }: Machine, desired: DesiredAccounts): Required<Machine> {
  const planned = planAccounts({ desired, ...(memory && { memory }), actual: files, busy: [], today });
  expect(planned.diagnostics).toEqual([]);
  return { files: { ...files, ...planned.files }, memory: JSON.parse(JSON.stringify(planned.memory)) as AccountMemory }; // As it is kept.
}

function problemsOf(
  files: AccountFiles,
  desired: DesiredAccounts,
  more: { busy?: string[]; memory?: AccountMemory } = {},
): string[] {
  const { diagnostics, files: changed } = planAccounts({ desired, actual: files, busy: [], today, ...more });
  expect(changed).toEqual({});
  return diagnostics.map(({ message }) => message);
}

describe("planAccounts", () => {
  test("makes a user with a group of the same number, and says so", () => {
    const { changes, files } = planAccounts({ desired: ada({ subIds: true }), actual: debian, busy: [], today });
    expect(files).toEqual({
      passwd: `${debian.passwd}ada:x:1000:1000::/home/ada:/bin/sh\n`,
      group: "root:x:0:\nsudo:x:27:ada\nwww-data:x:33:\nada:x:1000:\n",
      shadow: `${debian.shadow}ada:!:20000:0:99999:7:::\n`,
      gshadow: "root:*::\nsudo:*::ada\nwww-data:*::\nada:!::\n",
      subuid: "ada:100000:65536\n",
      subgid: "ada:100000:65536\n",
    });
    expect(changes).toEqual([
      { kind: "add", what: "group", name: "ada", details: ["gid 1000"] },
      {
        kind: "add",
        what: "user",
        name: "ada",
        details: ["uid 1000", "group ada", "groups +sudo", "home /home/ada", "shell /bin/sh", "subordinate ids 100000"],
      },
    ]);
  });

  test("does nothing the second time", () => {
    const { files, memory } = settle({ files: debian }, ada({ hashedPassword: hash, subIds: true }));
    const again = planAccounts({
      desired: ada({ hashedPassword: hash, subIds: true }),
      actual: files,
      memory,
      busy: [],
      today: today + 9,
    });
    expect([again.files, again.changes, again.memory]).toEqual([{}, [], memory]);
  });

  test("gives the files back byte for byte", () => {
    const there = settle({ files: debian }, ada({ hashedPassword: hash, subIds: true }));
    expect(settle(there, nobody).files).toEqual(debian);
  });

  test("takes system users from the end of their range", () => {
    const desired = { users: { app: user({ isSystem: true, group: "www-data" }) }, groups: {} };
    const { files } = settle({ files: debian }, desired);
    expect(files.passwd).toContain("app:x:999:33:");
    expect(files.shadow).toContain("app:!:20000::::::\n");
  });

  test("gives a name its number again, and to nobody else meanwhile", () => {
    const first = settle({ files: debian }, ada());
    const second = settle(first, { users: { bob: user({ group: "www-data" }) }, groups: {} });
    expect(second.files.passwd).toContain("bob:x:1001:33:");
    expect(settle(second, ada()).files.passwd).toContain("ada:x:1000:1000:");
  });

  test("takes over a user who is there, and gives back what was declared over", () => {
    const files = {
      ...debian,
      passwd: `${debian.passwd}ada:x:1007:1007:Ada,,,:/home/ada:/bin/bash\n`,
      group: `${debian.group}ada:x:1007:bob\n`,
    };
    const there = settle({ files }, ada({ shell: "/bin/zsh" }));
    expect(there.files.passwd).toContain("ada:x:1007:1007:Ada,,,:/home/ada:/bin/zsh\n");
    expect(there.files.group).toContain("ada:x:1007:bob\n");
    expect(settle(there, nobody).files).toEqual(files);
  });

  test("leaves a field alone that somebody changed after Firn", () => {
    const files = { ...debian, passwd: `${debian.passwd}ada:x:1007:33::/home/ada:/bin/bash\n` };
    const { files: changed, memory } = settle(
      { files },
      { users: { ada: user({ group: "www-data", home: "/home/ada", shell: "/bin/zsh" }) }, groups: {} },
    );
    const edited = { ...changed, passwd: changed.passwd.replace("/bin/zsh", "/bin/fish") };
    expect(settle({ files: edited, memory }, nobody).files.passwd).toContain(":/bin/fish\n");
  });

  test("keeps members that others added, and takes away those that it added", () => {
    const there = settle({ files: debian }, ada());
    const edited = { ...there.files, group: there.files.group.replace("sudo:x:27:ada", "sudo:x:27:ada,bob") };
    const { files } = settle({ files: edited, memory: there.memory }, ada({ extraGroups: [] }));
    expect(files.group).toContain("sudo:x:27:bob\n");
  });

  test("takes a user who goes out of every group", () => {
    const there = settle({ files: debian }, ada());
    const edited = { ...there.files, group: there.files.group.replace("www-data:x:33:", "www-data:x:33:ada") };
    expect(settle({ files: edited, memory: there.memory }, nobody).files.group).toBe(debian.group);
  });

  test("keeps a password that its user changed, until another one is declared", () => {
    const there = settle({ files: debian }, ada({ hashedPassword: hash }));
    const own = { ...there.files, shadow: (there.files.shadow ?? "").replace(hash, otherHash) };
    const kept = settle({ files: own, memory: there.memory }, ada({ hashedPassword: hash }));
    expect(kept.files.shadow).toContain(`ada:${otherHash}:`);
    expect(settle(kept, ada({ hashedPassword: "!" })).files.shadow).toContain("ada:!:20000:");
  });

  test("tells that a password is set, and never the hash", () => {
    const { changes } = planAccounts({ desired: ada({ hashedPassword: hash }), actual: debian, busy: [], today });
    expect(JSON.stringify(changes)).toContain("password set");
    expect(JSON.stringify(changes)).not.toContain("salt");
  });

  test("keeps damaged lines, comments and lines for NIS where they are", () => {
    const passwd = "# ours\nroot:x:0:0:root:/root:/bin/bash\nbroken:x\n\n+::::::\n";
    const { files } = settle({ files: { ...debian, passwd } }, { users: { bob: user({ group: "sudo" }) }, groups: {} });
    expect(files.passwd).toBe(
      "# ours\nroot:x:0:0:root:/root:/bin/bash\nbroken:x\n\nbob:x:1000:27::/home/x:/bin/sh\n+::::::\n",
    );
  });

  test("keeps a group that is the primary one of somebody who stays", () => {
    const there = settle({ files: debian }, ada());
    const passwd = `${there.files.passwd}eve:x:1500:1000::/home/eve:/bin/sh\n`;
    expect(settle({ files: { ...there.files, passwd }, memory: there.memory }, nobody).files.group).toContain(
      "ada:x:1000:",
    );
  });

  test("takes away the line of shadow that it made for a user of others, unless somebody set a password there", () => {
    const passwd = `${debian.passwd}ada:x:1007:33::/home/ada:/bin/sh\n`;
    const plain = user({ group: "www-data", home: "/home/ada" });
    const at = (fields: Partial<DesiredUser>): DesiredAccounts => ({
      users: { ada: { ...plain, ...fields } },
      groups: {},
    });
    const there = settle({ files: { ...debian, passwd } }, at({ hashedPassword: hash }));
    expect(there.files.shadow).toBe(`${debian.shadow}ada:${hash}:20000:0:99999:7:::\n`);
    expect(settle(there, at({})).files.shadow).toBe(debian.shadow);
    const own = { ...there.files, shadow: (there.files.shadow ?? "").replace(hash, otherHash) };
    const kept = settle({ files: own, memory: there.memory }, at({}));
    expect(kept.files.shadow).toBe(own.shadow);
    expect(settle(kept, nobody).files).toEqual({ ...own, passwd });
  });

  test("keeps the number that was declared once it no longer is", () => {
    const there = settle({ files: debian }, ada({ uid: 1234 }));
    expect(settle(there, ada()).files.passwd).toContain("ada:x:1234:1234:");
  });

  test("warns of another id, and gives it", () => {
    const first = settle({ files: debian }, ada());
    const { diagnostics, files } = planAccounts({
      desired: ada({ uid: 1234 }),
      memory: first.memory,
      actual: first.files,
      busy: [],
      today,
    });
    expect(diagnostics).toMatchObject([
      {
        severity: "warning",
        message: 'The user "ada" gets the id 1234 instead of 1000',
        fix: "After the switch, for each file system: find / -xdev -uid 1000 -exec chown -h ada {} +",
      },
    ]);
    expect(files.passwd).toContain("ada:x:1234:1000:");
  });

  test("writes no shadow that it cannot read", () => {
    const { group, passwd } = debian;
    expect(Object.keys(settle({ files: { group, passwd } }, ada({ hashedPassword: hash })).files).toSorted()).toEqual([
      "group",
      "passwd",
    ]);
  });
});

describe("planAccounts refuses", () => {
  test("to remove a user of whom processes run", () => {
    const { files, memory } = settle({ files: debian }, ada());
    expect(problemsOf(files, nobody, { memory, busy: ["ada"] })).toEqual([
      'Cannot remove the user "ada": processes of that user run',
    ]);
  });

  test.each([
    ["a group that is not there", ada({ extraGroups: ["docker"] }), 'to the group "docker": there is no such group'],
    ["an id of somebody else", ada({ uid: 33 }), 'Cannot give the id 33 to the user "ada": the user "www-data" has it'],
    ["a name that is none", { users: { "A b": user({ group: "sudo" }) }, groups: {} }, 'Cannot name a user "A b"'],
    ["a password instead of its hash", ada({ hashedPassword: "secret" }), "Cannot use the hashedPassword"],
    ["a colon in a shell", ada({ shell: "/bin/a:b" }), "Cannot use the shell"],
    ["a line break in a home", ada({ home: "/home/a\nroot2:x:0:0::/:/bin/sh" }), "Cannot use the home"],
  ])("%s", (_, desired, message) => {
    const problems = problemsOf(debian, desired);
    expect(problems).toEqual([expect.stringContaining(message)]);
    expect(problems.join()).not.toContain("secret");
  });

  test("to choose between two lines of one name", () => {
    const shadow = `${debian.shadow}ada:*:1::::::\nada:!:1::::::\n`;
    expect(problemsOf({ ...debian, shadow }, ada())).toEqual([
      'Cannot tell which line of "/etc/shadow" is that of the user "ada"',
    ]);
    const gshadow = `${debian.gshadow}root:!::\n`;
    expect(settle({ files: { ...debian, gshadow } }, ada()).files.gshadow).toContain("root:!::\n");
  });

  test("a root without passwd and group, for that alone", () => {
    expect(problemsOf({ passwd: "", group: "" }, ada({ extraGroups: ["docker"] }))).toEqual([
      'Cannot change users and groups: "/etc/passwd" is missing or empty',
      'Cannot change users and groups: "/etc/group" is missing or empty',
    ]);
    expect(problemsOf({ passwd: "", group: "" }, nobody)).toEqual([]);
  });

  test("two users with one id", () => {
    const users = { ada: user({ group: "sudo", uid: 1200 }), bob: user({ group: "sudo", uid: 1200 }) };
    expect(problemsOf(debian, { users, groups: {} })).toHaveLength(2);
  });

  test("a user for whom no id is left", () => {
    const ranges = { system: [100, 101], normal: [1000, 1000], subordinate: [1, 2] } as const;
    const users = { ada: user({ group: "sudo" }), bob: user({ group: "sudo" }) };
    const { diagnostics } = planAccounts({ desired: { users, groups: {} }, actual: debian, busy: [], today, ranges });
    expect(diagnostics.map(({ message }) => message)).toEqual(['Cannot find a free id for the user "bob"']);
  });
});

const names = ["ada", "bob", "eve", "constructor", "www-data"];
const groupNames = ["sudo", "ada", "staff", "www-data"];
const someNames = subarray(names);

const desiredAccounts: Arbitrary<DesiredAccounts> = record({
  users: dictionary(
    constantFrom(...names),
    record({
      group: constantFrom("sudo", "www-data"),
      extraGroups: subarray(groupNames),
      home: constantFrom("/home/a", "/srv/b"),
      shell: constantFrom("/bin/sh", "/bin/zsh"),
      description: constantFrom("", "Somebody"),
      isSystem: boolean(),
      subIds: boolean(),
    }),
  ),
  hashes: dictionary(constantFrom(...names), constantFrom(hash, otherHash, "!")),
  ends: dictionary(constantFrom(...names), constantFrom(21_000, 22_000)),
  members: someNames,
}).map(({ ends, hashes, members, users }) => ({
  users: Object.fromEntries(
    Object.entries(users).map(([name, each]) => [
      name,
      {
        ...each,
        ...(Object.hasOwn(hashes, name) && { hashedPassword: hashes[name] ?? "!" }),
        ...(Object.hasOwn(ends, name) && { expires: ends[name] ?? 0 }),
      },
    ]),
  ),
  groups: Object.fromEntries(
    groupNames.map((name) => [name, { members: name === "staff" ? members : [], isSystem: false }]),
  ),
}));

const machineFiles: Arbitrary<AccountFiles> = record({
  there: subarray(["ada", "bob"]),
  sudoers: someNames,
  comment: boolean(),
  shadowed: boolean(),
  isWhole: boolean(),
}).map(({ comment, isWhole, shadowed, sudoers, there }) => ({
  passwd: [
    debian.passwd,
    comment ? "# a comment\n" : "",
    ...there.map((name, index) => `${name}:x:${1500 + index}:27:Its own:/home/${name}:/bin/bash\n`),
  ].join(""),
  // Somebody's editor left out the last line's end.
  group: debian.group.replace("sudo:x:27:", `sudo:x:27:${sudoers.join(",")}`).slice(0, isWhole ? undefined : -1),
  shadow: [debian.shadow, ...(shadowed ? there.map((name) => `${name}:$y$own:18000:0:99999:7:::\n`) : [])].join(""),
  gshadow: (debian.gshadow ?? "").replace("sudo:*::", `sudo:*::${sudoers.join(",")}`),
  subuid: there.map((name, index) => `${name}:${200_000 + index * 65_536}:65536\n`).join(""),
  subgid: "",
}));

/** Makes a folder with /etc for programs that edit or check accounts there. */
function makeRoot(): string {
  const folder = mkdtempSync(join(tmpdir(), "firn-accounts-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "etc"));
  return folder;
}

function withoutStrangers({ groups, users }: DesiredAccounts): DesiredAccounts["groups"] {
  const known = (name: string): boolean => Object.hasOwn(users, name);
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, { ...group, members: group.members.filter(known) }]),
  );
}

describe("planAccounts, whatever is there and declared,", () => {
  test("goes to one, to another and back to the same files, and to what was there", { timeout: 30_000 }, () => {
    assert(
      property(machineFiles, desiredAccounts, desiredAccounts, (files, one, other) => {
        const first = settle({ files }, one);
        expect(settle(first, one).files).toEqual(first.files);
        const back = settle(settle(first, other), one);
        expect(back.files).toEqual(first.files);
        expect(settle(first, nobody).files).toEqual(files);
        expect(settle(back, nobody).files).toEqual(files);
      }),
      { numRuns: 300 },
    );
  });

  test("gives the ids and lines that useradd of Debian gives", () => {
    const folder = makeRoot();
    const desired = ada({ shell: "/bin/zsh", description: "Ada", subIds: true });
    // What Debian has; useradd reads it below the folder.
    const defaults = "PASS_MAX_DAYS 99999\nPASS_MIN_DAYS 0\nPASS_WARN_AGE 7\n";
    const before = Object.entries({ ...debian, "login.defs": defaults });
    for (const [name, text] of before) writeFileSync(join(folder, "etc", name), text);
    const options = [
      "--user-group",
      "--groups",
      "sudo",
      "--home-dir",
      "/home/ada",
      "--no-create-home",
      "--no-log-init",
    ];
    const words = ["--prefix", folder, ...options, "--shell", "/bin/zsh", "--comment", "Ada", "ada"];
    expect(spawnSync("useradd", words, { encoding: "utf8" })).toMatchObject({ status: 0 });
    const made = (name: string): string => readFileSync(join(folder, "etc", name), "utf8");
    const { files } = settle({ files: debian }, desired);
    expect(["passwd", "group", "gshadow"].map(made)).toEqual([files.passwd, files.group, files.gshadow]);
    // The day on which the test runs is useradd's alone.
    expect(made("shadow").replace(/^(ada:!:)\d+/m, `$1${today}`)).toBe(files.shadow);
  });

  test("writes files that pwck and grpck accept", { timeout: 30_000 }, () => {
    const folder = makeRoot();
    const check = (program: string): string => {
      const { status, stdout } = spawnSync(program, ["--read-only", "--root", folder], { encoding: "utf8" });
      // Homes and shells are not part of these files.
      const complaints = stdout
        .split("\n")
        .filter((line) => line !== "" && !/does not exist|no changes|program/.test(line));
      return `${status === null} ${complaints.join("\n")}`;
    };
    assert(
      property(desiredAccounts, (desired) => {
        // They complain of members that nobody is.
        const { files } = settle({ files: debian }, { ...desired, groups: withoutStrangers(desired) });
        for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, "etc", name), text);
        expect(["pwck", "grpck"].map(check)).toEqual(["false ", "false "]);
      }),
      { numRuns: 15 },
    );
  });
});
