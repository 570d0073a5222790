import { homedir } from "node:os";
import { defaultCacheDirectory } from "@firn/loader";
import { describe, expect, test } from "vitest";

describe("defaultCacheDirectory", () => {
  test.each([
    ["/elsewhere", "/elsewhere/firn"],
    [undefined, `${homedir()}/.cache/firn`],
    ["", `${homedir()}/.cache/firn`],
    ["not/absolute", `${homedir()}/.cache/firn`],
  ])("follows XDG_CACHE_HOME %j to %s", (home, expected) => {
    expect(defaultCacheDirectory({ XDG_CACHE_HOME: home })).toBe(expected);
  });
});
