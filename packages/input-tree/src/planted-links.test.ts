import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { layOutInputs } from "@firn/input-tree";
import { createMemoryExporter } from "@firn/input-tree/testing";
import { createFlake, createFolder, lockOf, moduleTree, pin, writeAll } from "../test/temporary-flake.ts";

const exporter = createMemoryExporter({ core: moduleTree("@acme/core"), upper: moduleTree("Firn") });
const lock = lockOf({ core: pin("core") });

test.each([".firn", ".firn/inputs"])("layOutInputs removes nothing through a link in place of %s", async (path) => {
  const root = createFlake();
  const home = createFolder();
  writeAll(home, { "inputs/letter": "text", letter: "text" });
  mkdirSync(join(root, path, ".."), { recursive: true });
  symlinkSync(home, join(root, path));
  const { diagnostics } = await layOutInputs({ root, lock, exporter });
  expect(diagnostics.map(({ message }) => message)).toEqual([`Cannot lay out inputs in "${path}": it is a link`]);
  expect([...readdirSync(home), ...readdirSync(join(home, "inputs"))]).toEqual(["inputs", "letter", "letter"]);
});

test("layOutInputs writes no link through a link in place of modules", async () => {
  const root = createFlake();
  const home = createFolder();
  symlinkSync(home, join(root, "packages"));
  const { diagnostics } = await layOutInputs({ root, lock, exporter });
  expect(diagnostics).toEqual([]);
  expect(existsSync(join(root, "modules/node_modules/@acme/core"))).toBe(true);
  expect(readdirSync(home)).toEqual([]);
});

test("layOutInputs writes no link through a link in place of a scope", async () => {
  const root = createFlake();
  const home = createFolder();
  mkdirSync(join(root, "modules/node_modules"), { recursive: true });
  symlinkSync(home, join(root, "modules/node_modules/@acme"));
  const { diagnostics } = await layOutInputs({ root, lock, exporter });
  expect(diagnostics.map(({ code }) => code)).toEqual(["package-clash"]);
  expect(readdirSync(home)).toEqual([]);
});

test("layOutInputs links no package called like the engine in another letter case", async () => {
  const root = createFlake();
  const { diagnostics } = await layOutInputs({ root, lock: lockOf({ upper: pin("upper") }), exporter });
  expect(diagnostics).toEqual([]);
  expect(existsSync(join(root, "modules/node_modules/Firn"))).toBe(false);
});

test("layOutInputs takes no folder below the packages of an input for another input", async () => {
  const beside = { want: { path: "./node_modules/@acme/core" } };
  const root = createFlake();
  const { diagnostics } = await layOutInputs({
    root,
    lock: lockOf({ core: pin("core"), "core/in": beside }),
    exporter,
  });
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([
    'bad-input-tree: Cannot lay out the input "core/in": its folder "./node_modules/@acme/core" is in no repository that is locked',
  ]);
});
