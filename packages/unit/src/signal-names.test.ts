import { spawnSync } from "node:child_process";
import { checkSetting } from "@firn/unit";
import { describe, expect, test } from "vitest";

/** First words of the lines that a command prints, without the heading. */
function names(command: string, args: readonly string[]): string[] {
  const { stdout } = spawnSync(command, args, { encoding: "utf8" });
  return stdout.split("\n").flatMap((line) => /^([A-Z_\d]+) +\d/.exec(line)?.[1] ?? []);
}

describe("names of exit statuses", () => {
  test("are those of systemd", () => {
    const known = names("systemd-analyze", ["exit-status"]);
    expect(known.length).toBeGreaterThan(50);
    expect(known.filter((name) => checkSetting("Service", "SuccessExitStatus", name) !== undefined)).toEqual([]);
  });
});
