import { expect, test } from "vitest";
import { checkPublicNames } from "./public-names.ts";
import { readSources } from "./workspace-files.ts";

const list = 'export { a } from "./a.ts";\nexport * from "./b.ts";\n';

test("checkPublicNames names the line that exports everything", () => {
  expect(checkPublicNames([{ path: "packages/option/src/index.ts", text: list }])).toEqual([
    'packages/option/src/index.ts:2: Cannot export all of "./b.ts": list its names',
  ]);
});

test("checkPublicNames looks at public lists of the engine alone", () => {
  const paths = ["packages/option/src/a.ts", "modules/nginx/src/index.ts"];
  expect(checkPublicNames(paths.map((path) => ({ path, text: list })))).toEqual([]);
});

test("this workspace lists its public names", () => {
  expect(checkPublicNames(readSources(process.cwd()))).toEqual([]);
});
