import { describe, expect, test } from "vitest";
import { problemsOf } from "../test/shown-problems.ts";

const entry = "hosts/web/src/index.ts";

describe("findUnfinishedImports", () => {
  test("reports a circle that is used too early: the use, then the import", async () => {
    const files = {
      [entry]: 'import b from "./b.ts";\nexport default { imports: [b] };\n',
      "hosts/web/src/b.ts": 'import web from "./index.ts";\n\nexport default { web };\n',
    };
    expect(await problemsOf(files)).toEqual(["unresolved-import hosts/web/src/b.ts:3:18 hosts/web/src/b.ts:1:1"]);
  });

  test("reports one between packages", async () => {
    const files = {
      [entry]: 'import a from "@modules/a";\nexport default a;\n',
      "modules/a/src/index.ts": 'import b from "@modules/b";\nexport default { b };\n',
      "modules/b/src/index.ts": 'import a from "@modules/a";\nexport default [a];\n',
    };
    expect(await problemsOf(files)).toEqual([
      "unresolved-import modules/b/src/index.ts:2:17 modules/b/src/index.ts:1:1",
    ]);
  });

  test("allows a circle that is used later, or for its types", async () => {
    const files = {
      [entry]: `import { defineModule } from "firn";
import { later } from "./b.ts";
export interface Web {}
export const name = "web";
export default defineModule({ name: later });
`,
      "hosts/web/src/b.ts": `import { name, type Web } from "./index.ts";
export const later = "b";
export const lazily = { name: (web: Web) => [name, web] };
`,
    };
    expect(await problemsOf(files)).toEqual([]);
  });
});
