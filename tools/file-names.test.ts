import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkFileNames } from "./file-names.ts";
import { readSources } from "./workspace-files.ts";

describe("checkFileNames", () => {
  test.each(["packages/option/src/list-types.ts", "packages/option/src/a.test.ts", "hosts/web-2/src/index.ts"])(
    "allows %s",
    (path) => expect(checkFileNames([{ path }])).toEqual([]),
  );

  test.each([
    ["packages/option/src/utils.ts", 'Cannot call something "utils": name the concept'],
    ["packages/common/src/a.ts", 'Cannot call something "common": name the concept'],
    ["packages/option/src/types.test.ts", 'Cannot call something "types": name the concept'],
    [
      "packages/option/src/listTypes.ts",
      'Cannot call something "listTypes": small letters, digits and single hyphens make a name',
    ],
  ])("refuses %s", (path, problem) => expect(checkFileNames([{ path }])).toEqual([`${path}: ${problem}`]));
});

test("this workspace names concepts", () => {
  const tools = readdirSync("tools").filter((name) => name.endsWith(".ts"));
  expect(checkFileNames([...readSources(process.cwd()), ...tools.map((name) => ({ path: `tools/${name}` }))])).toEqual(
    [],
  );
});
