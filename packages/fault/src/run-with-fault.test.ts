import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countChanges, failAt, killAt } from "@firn/fault";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

describe("a program with a fault", () => {
  let folder = "";
  const script = (): string[] => ["sh", "-c", `cd '${folder}' && echo 1 > a && (mv a b) && ln -s b c`];
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "firn-faulty-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test("countChanges counts what it and its children change", () => {
    expect(countChanges(script())).toBe(4);
    expect(countChanges(["sh", "-c", "echo shown > /dev/null; cat /dev/null"])).toBe(0);
  });

  test.each([
    [1, []],
    [2, ["a"]],
    [3, ["a"]],
    [4, ["b"]],
  ])("killAt %d kills it before that change", (n, left) => {
    expect(killAt(n, script())).toMatchObject({ status: 137, count: n });
    expect(readdirSync(folder)).toEqual(left);
  });

  test("killAt beyond the last lets it end", () => {
    expect(killAt(5, script()).status).toBe(0);
    expect(readdirSync(folder)).toEqual(["b", "c"]);
  });

  test.each([
    ["ENOSPC", "No space left on device"],
    ["EROFS", "Read-only file system"],
  ] as const)("failAt has one call fail with %s", (error, message) => {
    expect(failAt(4, { error }, script()).output).toContain(message);
    expect(readdirSync(folder)).toEqual(["b"]);
  });

  test("failAt has all calls after it fail too", () => {
    failAt(3, { error: "EIO", isLasting: true }, ["sh", "-c", `${script()[2]}; echo 1 > '${folder}/d'`]);
    expect(readdirSync(folder)).toEqual(["a"]);
  });
});
