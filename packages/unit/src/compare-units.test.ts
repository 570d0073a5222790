import { applyDropIns, compareUnits, parseUnit, type UnitComparison } from "@firn/unit";
import { describe, expect, test } from "vitest";

const nothing: UnitComparison = { change: "none", keys: [] };

function compare(before: string, after: string): UnitComparison {
  return compareUnits({ before: parseUnit(before).unit, after: parseUnit(after).unit });
}

describe("compareUnits", () => {
  test.each<[what: string, before: string, after: string, expected: UnitComparison]>([
    ["equal units", "[Service]\nType=exec\n", "[Service]\nType=exec\n", nothing],
    ["sections in another order", "[A]\nx=1\n[B]\ny=1\n", "[B]\ny=1\n[A]\nx=1\n", nothing],
    ["settings in another order", "[A]\nx=1\ny=2\n", "[A]\ny=2\nx=1\n", nothing],
    ["a section in two parts", "[A]\nx=1\n[A]\ny=2\n", "[A]\nx=1\ny=2\n", nothing],
    ["a value that is taken back", "[A]\nx=1\nx=\nx=2\n", "[A]\nx=2\n", nothing],
    ["an empty setting that comes", "[A]\nx=1\n", "[A]\nx=1\ny=\n", nothing],
    ["a value", "[A]\nx=1\n", "[A]\nx=2\n", { change: "restart", keys: ["[A] x"] }],
    ["one value more", "[A]\nx=1\n", "[A]\nx=1\nx=1\n", { change: "restart", keys: ["[A] x"] }],
    ["the case of a key", "[A]\nx=1\n", "[A]\nX=1\n", { change: "restart", keys: ["[A] x", "[A] X"] }],
    [
      "Description elsewhere",
      "[A]\nDescription=1\n",
      "[A]\nDescription=2\n",
      { change: "restart", keys: ["[A] Description"] },
    ],
    ["[Install]", "[Install]\nAlias=a.service\n", "", nothing],
  ])("compares %s", (_what, before, after, expected) => {
    expect(compare(before, after)).toEqual(expected);
  });

  test("names what a drop-in changes", () => {
    const { unit } = parseUnit("[Service]\nExecStart=/bin/a\n");
    const after = applyDropIns(unit, ["[Service]\nExecStart=\nExecStart=/bin/b\n"]);
    expect(compareUnits({ before: unit, after }).keys).toEqual(["[Service] ExecStart"]);
  });
});
