import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listPackages } from "./package-list.ts";
import { createFolder, writeAll } from "../test/temporary-flake.ts";

const workspace = (...globs: string[]): string => JSON.stringify({ packages: globs });

// What a pnpm-workspace.yaml says, and the names of the packages that are listed.
test.each([
  [
    "takes what the globs take, but for hosts",
    workspace("modules/*", "hosts/*", "lib"),
    ["@a/lib", "@a/one", "@a/two"],
  ],
  ["leaves out what a glob takes out", workspace("modules/*", "!modules/two"), ["@a/one"]],
  ["looks into no node_modules", workspace("**"), ["@a/lib", "@a/one", "@a/two"]],
  ["leaves the folder by no glob", workspace("../*", "modules/../../*", "/tmp/*"), []],
  ["has no packages when the file is no YAML", "packages: [", []],
  ["has no packages when the globs are no list", "packages: 5\n", []],
  ["has no packages without globs", "{}\n", []],
])("listPackages %s", async (_, text, names) => {
  const above = createFolder();
  const folder = join(above, "flake");
  writeAll(above, {
    "outside/package.json": '{"name":"outside"}',
    "flake/pnpm-workspace.yaml": text,
    "flake/package.json": '{"name":"root"}',
    "flake/lib/package.json": '{"name":"@a/lib"}',
    "flake/modules/one/package.json": '{"name":"@a/one"}',
    "flake/modules/two/package.json": '{"name":"@a/two"}',
    "flake/hosts/web/package.json": '{"name":"@a/web"}',
    "flake/modules/one/node_modules/x/package.json": '{"name":"x"}',
  });
  symlinkSync(join(above, "outside"), join(folder, "modules/link"));
  const { packages } = await listPackages(folder);
  expect(
    packages
      .map(({ name }) => name)
      .filter((name) => name !== "root")
      .toSorted(),
  ).toEqual(names);
});

test.each(["../up", "/absolute", ".bin", "@a/../../up", "a/b/c", "", "@a", "a\nb", "node_modules", "x".repeat(215), 5])(
  "listPackages ignores a package called %j",
  async (name) => {
    const folder = createFolder();
    writeAll(folder, { "package.json": JSON.stringify({ name }) });
    expect((await listPackages(folder)).packages).toEqual([]);
  },
);

test("listPackages takes a folder without a workspace for one package", async () => {
  const folder = createFolder();
  writeAll(folder, { "package.json": '{"name":"alone"}' });
  expect((await listPackages(folder)).packages).toEqual([{ name: "alone", folder }]);
});

test("listPackages ignores a manifest that is no object, and one of more than a mebibyte", async () => {
  const folder = createFolder();
  writeAll(folder, {
    "pnpm-workspace.yaml": workspace("*"),
    "null/package.json": "null",
    "large/package.json": JSON.stringify({ name: "large", text: "x".repeat(1024 * 1024) }),
  });
  expect((await listPackages(folder)).packages).toEqual([]);
});

test.each([
  ["stars", `${"*a".repeat(12)}b`],
  ["patterns in patterns", "*(*(*(*(a))))b"],
  ["many choices", `${"{a,a}".repeat(22)}b`],
  ["steps without end", `${"**/a/".repeat(10)}b`],
])("listPackages has no packages when a glob would take years: %s", async (_, glob) => {
  const folder = createFolder();
  writeAll(folder, {
    "pnpm-workspace.yaml": workspace("lib", glob),
    "lib/package.json": '{"name":"lib"}',
    [`${"a".repeat(60)}/package.json`]: '{"name":"long"}',
    [`${"a/".repeat(30)}package.json`]: '{"name":"deep"}',
  });
  expect((await listPackages(folder)).packages).toEqual([]);
});

test("listPackages takes choices in globs, and two stars in a name", async () => {
  const folder = createFolder();
  writeAll(folder, {
    "pnpm-workspace.yaml": workspace("{lib,modules}/*-x*"),
    "lib/a-x1/package.json": '{"name":"one"}',
    "modules/b-x2/package.json": '{"name":"two"}',
  });
  expect((await listPackages(folder)).packages.map(({ name }) => name)).toEqual(["one", "two"]);
});

test.each([
  ["many keys", Array.from({ length: 6000 }, (_, index) => `k${index}: 1\n`).join("") + "packages: [lib]\n", 1],
  ["deep lists", `packages: ${"[".repeat(60_000)}`, 0],
  ["more bytes than anybody writes", `packages: [lib]\n${"#\n".repeat(40_000)}`, 0],
])("listPackages reads a pnpm-workspace.yaml with %s in no time", async (_, text, count) => {
  const folder = createFolder();
  writeAll(folder, { "pnpm-workspace.yaml": text, "lib/package.json": '{"name":"lib"}' });
  expect((await listPackages(folder)).packages).toHaveLength(count);
});
