import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scopeOf } from "@firn/host-access";
import { expect, test } from "vitest";
import { makeRoot } from "./host-access-contract.ts";

const root = () => ({ username: "root", uid: 0, gid: 0, homedir: "/root" });
const ada = () => ({ username: "ada", uid: 1000, gid: 1001, homedir: "/home/ada/" });

test("scopeOf gives root the machine", () => {
  const machine = { kind: "system", root: "/", state: "/var/lib/firn", hasOwners: true };
  expect(scopeOf({ runner: root })).toEqual(machine);
  expect(scopeOf({ root: "/tmp/..", runner: root })).toEqual(machine);
});

test("scopeOf gives an ordinary user the own home", () => {
  expect(scopeOf({ runner: ada })).toEqual({
    kind: "user",
    root: "/",
    state: "/home/ada/.local/state/firn",
    user: { name: "ada", uid: 1000, gid: 1001, home: "/home/ada" },
    hasOwners: false,
  });
});

test("scopeOf gives whoever asks for it the other scope: root the own home, others the machine to look at", () => {
  expect(scopeOf({ isUser: true, runner: root })).toMatchObject({ kind: "user", state: "/root/.local/state/firn" });
  expect(scopeOf({ isUser: false, runner: ada })).toMatchObject({ kind: "system", root: "/", hasOwners: false });
});

test("scopeOf takes a folder for a machine, by its real path, with owners for root alone", () => {
  const folder = makeRoot();
  symlinkSync(".", join(folder, "link"));
  const machine = { kind: "system", root: folder, state: "/var/lib/firn" };
  expect(scopeOf({ root: join(folder, "link"), runner: root })).toEqual({ ...machine, hasOwners: true });
  expect(scopeOf({ root: folder, runner: ada })).toEqual({ ...machine, hasOwners: false });
});

test("scopeOf knows who runs this test", () => {
  expect(scopeOf({ isUser: true }).user?.uid).toBe(process.geteuid?.());
});

test.each([
  ["is not there", "none", /ENOENT/],
  ["is a file", "file", /not a directory/],
])("scopeOf refuses a folder that %s", (_, name, why) => {
  const folder = makeRoot();
  writeFileSync(join(folder, "file"), "");
  expect(() => scopeOf({ root: join(folder, name), runner: root })).toThrow(
    expect.objectContaining({
      diagnostics: [expect.objectContaining({ code: "host-access-failed", why: [expect.stringMatching(why)] })],
    }),
  );
});

test("scopeOf refuses a user whom the account database does not know", () => {
  const unknown = (): never => {
    throw new Error("uv_os_get_passwd returned ENOENT");
  };
  expect(() => scopeOf({ isUser: true, runner: unknown })).toThrow(/host-access-failed/);
});
