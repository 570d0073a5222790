import { compareManifests, type Manifest } from "@firn/manifest";
import { describe, expect, test } from "vitest";

const nothing: Manifest = {
  version: 1,
  host: "web",
  files: {},
  directories: {},
  users: {},
  groups: {},
  homes: {},
  hooks: {},
  checks: { before: {}, after: {} },
  takeOver: [],
};
const user = { group: "ada", extraGroups: [], home: "/home/ada", shell: "/bin/sh", description: "", isSystem: false };

describe("compareManifests", () => {
  test("finds nothing between equal ones, whatever the order of their fields", () => {
    const one = { ...nothing, files: { "/a": { kind: "link", content: "1" }, "/b": { kind: "link", content: "2" } } };
    const other = { ...nothing, files: { "/b": { content: "2", kind: "link" }, "/a": { content: "1", kind: "link" } } };
    expect(compareManifests(one as Manifest, other as Manifest)).toEqual([]);
  });

  test("tells what came, what went and what is different", () => {
    const before: Manifest = {
      ...nothing,
      files: {
        "/etc/gone": { kind: "link", content: "1" },
        "/etc/motd": { kind: "file", content: "1", mode: "0644", user: "root", group: "root" },
      },
      users: { ada: { ...user, subIds: false, hashedPassword: "$y$old" } },
    };
    const after: Manifest = {
      ...nothing,
      files: { "/etc/motd": { kind: "file", content: "2", mode: "0600", user: "root", group: "root" } },
      users: { ada: { ...user, subIds: false, hashedPassword: "$y$new" } },
      homes: { ada: { files: { ".x": { kind: "symlink", target: "/y" } }, directories: {}, hooks: {} } },
    };
    expect(compareManifests(before, after)).toEqual([
      { kind: "remove", key: "file /etc/gone", fields: [], content: { before: "1" }, isPrivate: false },
      {
        kind: "change",
        key: "file /etc/motd",
        fields: ["mode"],
        content: { before: "1", after: "2" },
        isPrivate: true,
      },
      { kind: "add", key: "home-file ada .x", fields: [], isPrivate: false },
      { kind: "change", key: "user ada", fields: ["hashedPassword"], isPrivate: false },
    ]);
  });
});
