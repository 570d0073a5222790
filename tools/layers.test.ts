import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { enginePackages, renderLayerTable } from "./layers.ts";
import { listPackages } from "./workspace-files.ts";

describe("enginePackages", () => {
  test("begins with the lowest layer", () => {
    const layers = enginePackages.map(({ layer }) => layer);
    expect(layers).toEqual(layers.toSorted((a, b) => a - b));
  });

  test("lists the packages that there are", () => {
    const folders = listPackages(process.cwd()).filter(({ area }) => area === "packages");
    expect(enginePackages.map(({ folder }) => folder).toSorted()).toEqual(folders.map(({ folder }) => folder));
  });

  test.each(enginePackages)("explains $name in a README", ({ folder }) => {
    expect(existsSync(`packages/${folder}/README.md`)).toBe(true);
  });
});

describe("docs/architecture.md", () => {
  const text = readFileSync("docs/architecture.md", "utf8");

  test("shows the table of layers", () => expect(text).toContain(renderLayerTable()));
  test("stays short", () => expect(text.split("\n").length).toBeLessThan(200));
});
