import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findInterrupted } from "@firn/activation";
import { systemState } from "@firn/plan";
import { afterEach, beforeEach, expect, test } from "vitest";

let root = "";
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), "firn-interrupted-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each([
  [["journal"], "begun"],
  [["committed"], "proved"],
  [["journal", "committed"], "begun"],
  [["journal.new", "ended"], undefined],
])("findInterrupted takes %j for %s", (folders, found) => {
  for (const folder of folders) mkdirSync(join(root, systemState, folder), { recursive: true });
  expect(findInterrupted({ kind: "system", root, state: systemState, hasOwners: true })).toBe(found);
});
