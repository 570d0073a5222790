import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkUnitName, escapePath, unitNameOfMount } from "@firn/unit";
import { describe, expect, test } from "vitest";

describe("checkUnitName", () => {
  test.each([
    "a.service",
    "a@.service",
    "a@b.service",
    "a-b_c:d.e.timer",
    "srv-a\\x2db.mount",
    "-.mount",
    "-.slice",
    "a@b@c.service",
    `${"a".repeat(247)}.service`,
  ])("takes %s, as systemd does", (name) => {
    expect(checkUnitName(name)).toBe(undefined);
    expect(isName(name)).toBe(true);
  });

  test.each([
    ["a", "ends with its type"],
    ["a.foo", "ends with its type"],
    ["a.Service", "ends with its type"],
    [".service", "nothing before the type"],
    ["@a.service", "nothing before the type"],
    ["a b.service", 'The character " "'],
    ["a/b.service", 'The character "/"'],
    ["é.service", 'The character "é"'],
    [`${"a".repeat(248)}.service`, "longer than 255"],
  ])("refuses %s, as systemd does", (name, problem) => {
    expect(checkUnitName(name)).toContain(problem);
    expect(isName(name)).toBe(false);
  });
});

/** Asks systemd whether a unit may come after one of the name. */
function isName(name: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), "firn-unit-"));
  try {
    const file = join(folder, "x.service");
    writeFileSync(file, `[Unit]\nAfter=${name}\n[Service]\nExecStart=/bin/true\n`);
    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" });
    return !stderr.includes("x.service:2: ");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const paths = [
  "/",
  "//",
  "/srv/www",
  "/srv/www/",
  "//srv//www",
  "/srv/da-ta",
  "/.hidden",
  "/a/.b",
  "/a b",
  "/a\\b",
  "/a@b",
  "/a:b_c.d",
  "/é/ü",
  "/日本",
  "/😀",
  "/a%b",
  "/a+b=c,d;e",
  "/A1",
];

describe("escapePath", () => {
  test.each(paths)("writes %s as systemd-escape does", (path) => {
    const { stdout } = spawnSync("systemd-escape", ["--path", "--", path], { encoding: "utf8" });
    expect(escapePath(path)).toBe(stdout.trimEnd());
  });
});

describe("unitNameOfMount", () => {
  test("names the mount of a path", () => {
    expect(["/", "/srv/da-ta"].map(unitNameOfMount)).toEqual(["-.mount", "srv-da\\x2dta.mount"]);
  });
});
