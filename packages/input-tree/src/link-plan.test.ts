import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { areInputsLaidOut, layOutInputs } from "@firn/input-tree";
import { createMemoryExporter } from "@firn/input-tree/testing";
import type { Lockfile } from "@firn/lock";
import {
  createFlake,
  createFolder,
  listLinks,
  lockOf,
  manifest,
  moduleTree,
  pin,
  writeAll,
} from "../test/temporary-flake.ts";

const exporter = createMemoryExporter({
  core: moduleTree("@acme/core"),
  twin: moduleTree("@acme/core"),
  own: moduleTree("@modules/own"),
});

async function problemsOf(root: string, lock: Lockfile): Promise<string[]> {
  const { diagnostics } = await layOutInputs({ root, lock, exporter });
  expect(areInputsLaidOut({ root, lock })).toBe(diagnostics.length === 0);
  return diagnostics.map(({ code, message, why = [] }) => [code, message, ...why].join("; "));
}

describe("package-clash", () => {
  test("names both folders when two inputs have a package of one name", async () => {
    const root = createFlake();
    expect(await problemsOf(root, lockOf({ core: pin("core"), twin: pin("twin") }))).toEqual([
      'package-clash; Cannot link the package "@acme/core" for the flake: two folders have that name; The input "core" has it in ".firn/inputs/core@1.0.0/modules/main"; The input "twin" has it in ".firn/inputs/twin@1.0.0/modules/main"',
    ]);
    expect(listLinks(root)).toEqual([]);
  });

  test("names both folders when an input and the flake have a package of one name", async () => {
    expect(await problemsOf(createFlake(), lockOf({ own: pin("own") }))).toEqual([
      'package-clash; Cannot link the package "@modules/own" for the flake: two folders have that name; The flake has it in "modules/own"; The input "own" has it in ".firn/inputs/own@1.0.0/modules/main"',
    ]);
  });

  test("names the input whose inputs clash", async () => {
    const lock = lockOf({ core: pin("core"), "core/twin": pin("twin") });
    expect(await problemsOf(createFlake(), lock)).toEqual([
      'package-clash; Cannot link the package "@acme/core" for the input "core": two folders have that name; The input "core" has it in ".firn/inputs/core@1.0.0/modules/main"; The input "core/twin" has it in ".firn/inputs/core+twin@1.0.0/modules/main"',
    ]);
  });

  test("names what is installed under the name of an input's package", async () => {
    const root = createFlake({ "node_modules/@acme/core/package.json": manifest("@acme/core") });
    expect(await problemsOf(root, lockOf({ core: pin("core") }))).toEqual([
      'package-clash; Cannot link the package "@acme/core" of the input "core": another of that name is installed; The input has it in ".firn/inputs/core@1.0.0/modules/main"; The other is "node_modules/@acme/core"',
    ]);
  });

  test("is none when one input follows the other, and links change only when none is left", async () => {
    const root = createFlake();
    await problemsOf(root, lockOf({ core: pin("core") }));
    const before = listLinks(root);
    expect(await problemsOf(root, lockOf({ core: pin("core"), twin: pin("twin") }))).toHaveLength(1);
    expect(listLinks(root)).toEqual(before);
    expect(await problemsOf(root, lockOf({ core: pin("core"), twin: { follows: "core" } }))).toEqual([]);
    expect(listLinks(root)).toEqual(before);
  });
});

describe("layOutInputs, folders of the user", () => {
  test("sees a package that an input beside the flake got", async () => {
    const root = createFlake({ "vendor/tool/pnpm-workspace.yaml": "packages: [modules/*]\n" });
    const lock = lockOf({ tool: { want: { path: "./vendor/tool" } } });
    expect(await problemsOf(root, lock)).toEqual([]);
    writeAll(root, { "vendor/tool/modules/new/package.json": manifest("@acme/new") });
    expect(areInputsLaidOut({ root, lock })).toBe(false);
    await layOutInputs({ root, lock, exporter });
    expect(listLinks(root)).toEqual([
      "hosts/node_modules/@acme/new -> vendor/tool/modules/new",
      "modules/node_modules/@acme/new -> vendor/tool/modules/new",
      "vendor/tool/node_modules/@acme/new -> vendor/tool/modules/new",
    ]);
  });

  test("keeps what the user has in a folder that is an input", async () => {
    const root = createFlake({ "vendor/tool/package.json": manifest("@acme/tool"), "elsewhere/package.json": "{}" });
    mkdirSync(join(root, "vendor/tool/node_modules/@acme"), { recursive: true });
    symlinkSync("../../../../elsewhere", join(root, "vendor/tool/node_modules/@acme/core"));
    await layOutInputs({
      root,
      exporter,
      lock: lockOf({ tool: { want: { path: "./vendor/tool" } }, "tool/core": pin("core") }),
    });
    expect(listLinks(root)).toContain("vendor/tool/node_modules/@acme/core -> elsewhere");
  });

  test("links the folder that stands in for an input, and the input again afterwards", async () => {
    const root = createFlake();
    const local = createFolder();
    writeAll(local, moduleTree("@acme/core"));
    const lock = lockOf({ core: pin("core") });
    const localOverrides = new Map([["core", local]]);
    const { folders } = await layOutInputs({ root, lock, exporter, localOverrides });
    expect(folders.get("core")).toBe(local);
    expect(listLinks(root)).toContain(`hosts/node_modules/@acme/core -> ${local}/modules/main`);
    expect(areInputsLaidOut({ root, lock })).toBe(false);
    expect(areInputsLaidOut({ root, lock, localOverrides })).toBe(true);
    await layOutInputs({ root, lock, exporter });
    expect(listLinks(root)).toContain("hosts/node_modules/@acme/core -> .firn/inputs/core@1.0.0/modules/main");
    expect(listLinks(local)).toEqual([]);
  });
});
