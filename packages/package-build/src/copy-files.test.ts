import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { copyFiles } from "./copy-files.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-copy-"));
  mkdirSync(join(folder, "source/in"), { recursive: true });
  writeFileSync(join(folder, "source/in/file"), "new");
  chmodSync(join(folder, "source/in"), 0o750);
});
afterEach(() => rmSync(folder, { recursive: true }));

test("copyFiles adds to folders that are there, with modes and links", () => {
  symlinkSync("in/none", join(folder, "source/link"));
  mkdirSync(join(folder, "place/other"), { recursive: true });
  copyFiles(join(folder, "source"), join(folder, "place"));
  expect(readdirSync(join(folder, "place")).toSorted()).toEqual(["in", "link", "other"]);
  expect(lstatSync(join(folder, "place/in")).mode & 0o777).toBe(0o750);
  expect(lstatSync(join(folder, "place/link")).isSymbolicLink()).toBe(true);
});

test.each([
  ["in", "outside"],
  ["in/file", "../../outside/file"],
  ["in/file", "../../outside/new"],
])("copyFiles writes through no link: %s to %s", (path, target) => {
  mkdirSync(join(folder, "outside"));
  mkdirSync(join(folder, "place/in"), { recursive: true });
  writeFileSync(join(folder, "outside/file"), "old");
  if (path === "in") rmSync(join(folder, "place/in"), { recursive: true });
  symlinkSync(path === "in" ? join(folder, target) : target, join(folder, "place", path));
  expect(() => copyFiles(join(folder, "source"), join(folder, "place"))).toThrow("EEXIST");
  expect(readdirSync(join(folder, "outside"))).toEqual(["file"]);
  expect(readFileSync(join(folder, "outside/file"), "utf8")).toBe("old");
});
