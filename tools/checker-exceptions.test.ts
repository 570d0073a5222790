import { describe, expect, test } from "vitest";
import { checkExceptions } from "./checker-exceptions.ts";
import { readSources } from "./workspace-files.ts";

const check = (comment: string) => checkExceptions([{ path: "a.ts", text: `\n${comment}\nexport const a = 1;\n` }]);

describe("checkExceptions", () => {
  test.each([
    "// oxlint-disable-next-line typescript/no-explicit-any -- any function fits here",
    "// @ts-expect-error the name does not exist",
    "// It is the linter that finds oxlint-disable here.",
  ])("allows %s", (comment) => expect(check(comment)).toEqual([]));

  test.each([
    "/* oxlint-disable */",
    "/* eslint-disable max-lines -- it is long */",
    "// oxlint-disable-next-line",
    "// oxlint-disable-next-line max-params",
    "// @ts-expect-error",
    "// @ts-ignore it is wrong",
    "// @ts-nocheck",
  ])("refuses %s", (comment) => {
    expect(check(comment)).toEqual([
      expect.stringMatching(/^a\.ts:2: Cannot except from a check with ".+": name one line/),
    ]);
  });
});

test("this workspace excepts one line at a time", () => {
  expect(checkExceptions(readSources(process.cwd()))).toEqual([]);
});
