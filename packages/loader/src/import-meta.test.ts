import { expect, test } from "vitest";
import { createFlake } from "../test/temporary-flake.ts";

test("replaceImportMeta says where the source stands, without moving anything in it", async () => {
  const flake = await createFlake({
    "hosts/web/src/index.ts":
      'import { where } from "./where.ts";\nexport const x = where;\nthrow new Error(import.meta.dirname + where);\n',
    "hosts/web/src/where.ts":
      'export const where = [import.meta.filename, import.meta.url, "import.meta.url"].join();\n',
  });
  const { hosts, openSources } = await flake.load();
  const [problem] = hosts.flatMap(({ diagnostics }) => diagnostics);
  const file = flake.path("hosts/web/src/where.ts");
  const folder = flake.path("hosts/web/src");
  expect(problem?.why?.[0]).toBe(`Error: ${folder}${file},file://${file},import.meta.url`);
  const at = (await openSources()).locate(problem?.marks[0]?.place ?? {});
  expect(at).toMatchObject({ line: 3, column: 7, lineText: "throw new Error(import.meta.dirname + where);" });
});
