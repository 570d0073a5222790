import { describe, expect, test } from "vitest";
import { packageOf, parseLinks } from "./source-imports.ts";

const parse = (text: string) => parseLinks({ path: "a.ts", text });

describe("parseLinks imports", () => {
  test.each([
    ["a statement", 'import { a } from "x";', "x"],
    ["a type", 'import type { A } from "x";', "x"],
    ["a side effect", 'import "x";', "x"],
    ["a re-export", 'export { a } from "x";', "x"],
    ["a call", 'export const a = () => import("x");', "x"],
    ["a type in passing", 'export type A = import("x").A;', "x"],
  ])("finds %s", (_, text, specifier) => expect(parse(text).imports).toEqual([{ specifier, line: 1, all: false }]));

  test("tells the line, and where everything is exported", () => {
    expect(parse('\n\nexport * from "x";\nexport * as y from "y";').imports).toEqual([
      { specifier: "x", line: 3, all: true },
      { specifier: "y", line: 4, all: true },
    ]);
  });

  test("is not misled by comments and strings", () => {
    expect(parse('// import "x";\nexport const a = `import "y"`;').imports).toEqual([]);
  });

  test("refuses what does not parse", () => {
    expect(() => parse("import {")).toThrow(/^Cannot parse "a\.ts": /);
  });
});

describe("parseLinks values", () => {
  test("leaves out types", () => {
    const text =
      "export const a = 1, { b } = a;\nexport interface C {}\nexport type { D } from 'd';\nexport default function e() {}";
    expect(parse(text).values).toEqual(["a", "b", "default"]);
  });
});

describe("packageOf", () => {
  test.each([
    ["zod/mini", "zod"],
    ["@firn/option/testing", "@firn/option"],
    ["firn", "firn"],
  ])("of %s is %s", (specifier, name) => expect(packageOf(specifier)).toBe(name));
});
