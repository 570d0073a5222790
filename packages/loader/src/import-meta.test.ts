import { expect, test } from "vitest";
import { createFlake } from "../test/temporary-flake.ts";

test("replaceImportMeta leaves it to the runner what import.meta is, without moving anything in the source", async () => {
  const flake = await createFlake({
    "hosts/web/src/index.ts":
      'import { where } from "./where.ts";\nexport const x = where;\nthrow new Error(import.meta.url + where);\n',
    "hosts/web/src/where.ts": 'export const where = [import.meta.url, "import.meta.url"].join();\n',
  });
  const { hosts, openSources } = await flake.load();
  const [problem] = hosts.flatMap(({ diagnostics }) => diagnostics);
  expect(problem?.why?.[0]).toBe("Error: no addressno address,import.meta.url");
  const at = (await openSources()).locate(problem?.marks[0]?.place ?? {});
  expect(at).toMatchObject({ line: 3, column: 7, lineText: "throw new Error(import.meta.url + where);" });
});
