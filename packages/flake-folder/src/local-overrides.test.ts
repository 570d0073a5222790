import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDiagnosticError } from "@firn/diagnostic";
import { readLocalOverrides } from "@firn/flake-folder";
import { afterEach, beforeEach, expect, test } from "vitest";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "firn-local-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Gives line and column of each problem that a flake.local.yaml has. */
function problemsOf(text: string): string[] {
  writeFileSync(join(root, "flake.local.yaml"), text);
  try {
    readLocalOverrides(root);
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    const places = thrown.diagnostics.flatMap(({ marks }) => marks.map(({ place }) => place.position));
    return places.map((position) => `${position?.line}:${position?.column}`);
  }
  return [];
}

test("readLocalOverrides gives absolute folders, and none without the file", () => {
  expect(readLocalOverrides(root)).toEqual(new Map());
  writeFileSync(join(root, "flake.local.yaml"), "inputs:\n  core: { path: ../core }\n  core/log: { path: /srv/log }\n");
  expect(readLocalOverrides(root)).toEqual(
    new Map([
      ["core", join(root, "../core")],
      ["core/log", "/srv/log"],
    ]),
  );
});

test.each([
  ["inputs: [", "1:10"],
  ["inputs: 3\n", "1:9"],
  ["inputs:\n  core: { git: x }\n", "2:9"],
  ["inputs:\n  core:\n    path: 3\n", "3:11"],
])("readLocalOverrides names the place of what is wrong in %j", (text, place) => {
  expect(problemsOf(text)).toEqual([place]);
});
