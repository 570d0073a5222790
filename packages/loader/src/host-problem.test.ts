import { describe, expect, test } from "vitest";
import { problemsOf } from "../test/shown-problems.ts";
import { createFlake, type Files } from "../test/temporary-flake.ts";

const entry = "hosts/web/src/index.ts";

async function whyOf(files: Files): Promise<readonly string[] | undefined> {
  const { hosts } = await (await createFlake(files)).load();
  return hosts[0]?.diagnostics[0]?.why;
}

describe("noDefaultExport", () => {
  test("points at the start of the entry and says what it exports", async () => {
    expect(await problemsOf({ [entry]: "export const web = 1;\n" })).toEqual([`no-default-export ${entry}:1:1`]);
    expect(await problemsOf({ [entry]: "" })).toEqual([`no-default-export ${entry}:1:1`]);
    expect(await whyOf({ [entry]: "export const web = 1;\n" })).toEqual(['It exports only "web"']);
    expect(await whyOf({ [entry]: "" })).toEqual(["It exports nothing"]);
  });
});

describe("notAModule", () => {
  test.each([
    ["\nexport default { a: 1 };\n", "of type object"],
    ["const web = () => 1;\nexport { web as default };\n", "a function"],
    ["\nexport default null;\n", "null"],
    ["\nexport default [1];\n", "a list"],
    ['export const a = 1;\nexport { a as default } from "./a.ts";\n', "of type number"],
  ])("points at the default export of %j and says what it is", async (text, kind) => {
    const files = { [entry]: text, "hosts/web/src/a.ts": "export const a = 1;\n" };
    expect(await problemsOf(files)).toEqual([`not-a-module ${entry}:2:1`]);
    expect(await whyOf(files)).toEqual([`The default export is ${kind}`]);
  });
});

describe("hostThrew", () => {
  test("points at the line that threw, in whatever file", async () => {
    const files = {
      [entry]: 'import a from "@modules/a";\nexport default a;\n',
      "modules/a/src/index.ts": 'import { fail } from "./fail.ts";\nexport default fail("x");\n',
      "modules/a/src/fail.ts": "export function fail(what: string): never {\n  throw new TypeError(what);\n}\n",
    };
    expect(await problemsOf(files)).toEqual(["host-threw modules/a/src/fail.ts:2:9"]);
    expect(await whyOf(files)).toEqual(["TypeError: x"]);
  });

  test("says what was thrown when it is no error", async () => {
    const files = { [entry]: 'throw "x";\n' };
    expect(await problemsOf(files)).toEqual(["host-threw "]);
    expect(await whyOf(files)).toEqual(['It threw "x", which is not an Error']);
  });

  test("hands on the problems that the language itself reports", async () => {
    const text =
      'import { defineModule, types } from "firn";\ntypes.strMatching("[");\nexport default defineModule({});\n';
    expect((await problemsOf({ [entry]: text }))[0]).toContain(`${entry}:2:`);
  });
});
