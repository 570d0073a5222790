import users from "@modules/users";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

/** A field with a value that may be wrong. */
interface Fields {
  readonly [field: string]: unknown;
}

function evaluateUsers(given: { readonly [name: string]: Fields }) {
  const host = defineModule({
    imports: [users],
    config: (_, define) => define({ users: { users: given as { readonly [name: string]: object } } }), // Wrong on purpose.
  });
  return evaluate({ modules: [host] });
}

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILWaKJeEN7MZqdAicQGiPx7SbfRmSkoVmgawZhh51wD+ ada";

describe("users.users", () => {
  test("gives a person a home, a shell, a group and ranges of ids", () => {
    const { config, diagnostics } = evaluateUsers({ ada: { isNormalUser: true } });
    expect(diagnostics).toEqual([]);
    expect(config.users.users["ada"]).toMatchObject({
      group: "ada",
      home: "/home/ada",
      shell: "/bin/bash",
      isSystem: false,
      subIds: true,
    });
    expect(config.users.groups).toMatchObject({ ada: { isSystem: false } });
    expect(config.environment.directories).toMatchObject({
      "/home/ada": { mode: "0700", user: "ada", group: "ada" },
    });
  });

  test("gives a service neither home nor shell", () => {
    const { config } = evaluateUsers({ app: { isSystemUser: true } });
    expect(config.users.users["app"]).toMatchObject({
      home: "/nonexistent",
      shell: "/usr/sbin/nologin",
      isSystem: true,
      subIds: false,
    });
    expect(config.users.groups).toMatchObject({ app: { isSystem: true } });
    expect(config.environment.directories).toEqual({});
  });

  test("takes root as it is on every host", () => {
    const { config } = evaluateUsers({ root: { authorizedKeys: [key] } });
    expect(config.users.users["root"]).toMatchObject({ home: "/root", shell: "/bin/bash" });
    expect([config.users.groups, config.environment.directories]).toEqual([{}, {}]);
  });

  test("declares no group that is another's", () => {
    expect(evaluateUsers({ app: { group: "www-data", extraGroups: ["ssl-cert"] } }).config.users.groups).toEqual({});
  });

  test("writes keys to a file that sshd accepts", () => {
    const { config, diagnostics } = evaluateUsers({ ada: { isNormalUser: true, authorizedKeys: [key, key] } });
    expect(diagnostics).toEqual([]);
    expect(config.homes["ada"]).toMatchObject({
      files: { ".ssh/authorized_keys": { text: `${key}\n${key}\n`, mode: "0600" } },
      directories: { ".ssh": { mode: "0700" } },
    });
  });

  test.each(["Ada", "1ada", "a:b", "", "a".repeat(32), "ada lovelace", "é"])("refuses the name %j", (name) => {
    const { diagnostics } = evaluateUsers({ [name]: {} });
    expect(diagnostics).toMatchObject([
      { message: `Cannot use ${JSON.stringify(name)} as the name of a user`, optionPath: ["users", "users", name] },
    ]);
  });

  test.each<[field: string, value: unknown]>([
    ["uid", -1],
    ["uid", 65_535],
    ["uid", 4_294_967_295],
    ["description", "Ada:Lovelace"],
    ["description", "Ada\nroot::0:0"],
    ["home", "home/ada"],
    ["home", "/home/a:b"],
    ["shell", "bash"],
    ["group", "Staff"],
    ["homeMode", "700"],
    ["hashedPassword", "hunter2"],
  ])("refuses %s = %j", (field, value) => {
    const { diagnostics } = evaluateUsers({ ada: { [field]: value } });
    expect(diagnostics).toMatchObject([{ code: "type-mismatch", optionPath: ["users", "users", "ada", field] }]);
  });

  test.each<[why: string, users: { readonly [name: string]: Fields }]>([
    ["of the system and of a person", { ada: { isNormalUser: true, isSystemUser: true } }],
    ["with keys and without home", { ada: { authorizedKeys: [key] } }],
    ["whose home is nowhere and is to be made", { ada: { createHome: true } }],
    ["with the id of another", { ada: { uid: 1000 }, bob: { uid: 1000 } }],
  ])("refuses a user %s", (_why, given) => {
    expect(evaluateUsers(given).diagnostics).toMatchObject([{ code: "assertion-failed" }]);
  });
});
