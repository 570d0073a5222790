import { applyDropIns, findValue, isFalse, isTrue, parseUnit, type Unit } from "@firn/unit";
import { describe, expect, test } from "vitest";

function plain(unit: Unit): object {
  return Object.fromEntries([...unit].map(([section, keys]) => [section, Object.fromEntries(keys)]));
}

describe("parseUnit", () => {
  test.each<[what: string, text: string, expected: object]>([
    ["nothing", "", {}],
    ["a section without settings", "[A]\n", { A: {} }],
    ["a setting", "[A]\nx=1\n", { A: { x: ["1"] } }],
    ["spaces around the sign", "[A]\n  x  =  1 2  \n", { A: { x: ["1 2"] } }],
    ["a further sign in the value", "[A]\nx=y=z\n", { A: { x: ["y=z"] } }],
    ["a setting twice", "[A]\nx=1\nx=2\n", { A: { x: ["1", "2"] } }],
    ["an empty value, which takes back", "[A]\nx=1\nx=\n", { A: { x: [] } }],
    ["a value after one that takes back", "[A]\nx=1\nx=\nx=2\n", { A: { x: ["2"] } }],
    ["a section twice", "[A]\nx=1\n[B]\n[A]\nx=2\n", { A: { x: ["1", "2"] }, B: {} }],
    ["comments", "# a\n[A]\n; b\nx=1 # c\n  # d\n", { A: { x: ["1 # c"] } }],
    ["a continued line", "[A]\nx=1 \\\n  2\n", { A: { x: ["1 2"] } }],
    ["a comment in a continued line", "[A]\nx=1 \\\n# no\n  2\n", { A: { x: ["1 2"] } }],
    ["a continued line at the end", "[A]\nx=1 \\", { A: { x: ["1"] } }],
    ["lines that end as on Windows", "[A]\r\nx=1\r\n", { A: { x: ["1"] } }],
    ["no newline at the end", "[A]\nx=1", { A: { x: ["1"] } }],
    ["quotes and specifiers, which stay", '[A]\nx="a b" %i\n', { A: { x: ['"a b" %i'] } }],
  ])("parses %s", (_what, text, expected) => {
    const { problems, unit } = parseUnit(text);
    expect(plain(unit)).toEqual(expected);
    expect(problems).toEqual([]);
  });

  test.each([
    ["a line that is nothing", "[A]\nwhat\n", "line 2 is neither a section nor a setting"],
    ["a setting without name", "[A]\n=1\n", "line 2 is neither a section nor a setting"],
    ["a setting before any section", "\nx=1\n", "line 2 is a setting outside of any section"],
    ["a section that is not closed", "[A\n", "line 1 is neither a section nor a setting"],
  ])("reports %s by its line", (_what, text, problem) => {
    expect(parseUnit(text).problems).toEqual([problem]);
  });

  test("reports each of several lines and goes on", () => {
    const { problems, unit } = parseUnit("x\n[A]\ny\nz=1\n");
    expect(problems.length).toBe(2);
    expect(plain(unit)).toEqual({ A: { z: ["1"] } });
  });
});

describe("applyDropIns", () => {
  test("adds, takes back and adds sections, in order, and leaves the unit as it was", () => {
    const { unit } = parseUnit("[A]\nx=1\ny=1\n");
    const changed = applyDropIns(unit, ["[A]\nx=2\ny=\n", "[A]\ny=3\n[B]\nz=1\n"]);
    expect(plain(changed)).toEqual({ A: { x: ["1", "2"], y: ["3"] }, B: { z: ["1"] } });
    expect(plain(unit)).toEqual({ A: { x: ["1"], y: ["1"] } });
  });
});

describe("findValue", () => {
  test("finds the last value", () => {
    const { unit } = parseUnit("[A]\nx=1\nx=2\ny=1\ny=\n");
    expect([findValue(unit, "A", "x"), findValue(unit, "A", "y"), findValue(unit, "B", "x")]).toEqual([
      "2",
      undefined,
      undefined,
    ]);
  });
});

describe("isTrue and isFalse", () => {
  test.each([
    ["1 yes y true t on YES True", true, false],
    ["0 no n false f off NO False", false, true],
    ["2 maybe yess", false, false],
  ])("tell %s apart", (values, expectedTrue, expectedFalse) => {
    const told = values.split(" ").map((value) => {
      const { unit } = parseUnit(`[A]\nx=${value}\n`);
      return [isTrue(unit, "A", "x"), isFalse(unit, "A", "x")];
    });
    expect(told).toEqual(told.map(() => [expectedTrue, expectedFalse]));
  });
});
