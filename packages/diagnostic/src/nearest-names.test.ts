import { nearestNames, similarNames } from "@firn/diagnostic";
import { describe, expect, test } from "vitest";

describe("nearestNames", () => {
  test("gives at most three, the closest first and ties by name", () => {
    expect(nearestNames("far", ["foo", "baz", "bar", "something"])).toEqual(["bar", "baz", "foo"]);
  });

  test("gives only close ones of many", () => {
    const many = Array.from({ length: 120 }, (_, index) => `option${index}`);
    expect(nearestNames("something", many)).toEqual([]);
    expect(nearestNames("option119x", many)[0]).toBe("option119");
  });
});

describe("similarNames", () => {
  test.each([
    ["prot", ["port", "enable"], ["port"]],
    ["tpc", ["tcp", "udp"], ["tcp"]],
    ["INFO", ["debug", "info"], ["info"]],
    ["networking", ["services"], []],
    ["verbose", ["debug", "error"], []],
  ])("of %s among %j are %j", (name, candidates, expected) => {
    expect(similarNames(name, candidates)).toEqual(expected);
  });
});
