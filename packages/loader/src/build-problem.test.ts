import { describe, expect, test } from "vitest";
import { problemsOf } from "../test/shown-problems.ts";
import { createFlake, type Files } from "../test/temporary-flake.ts";

const entry = "hosts/web/src/index.ts";
const other = "hosts/web/src/a.ts";

describe("explainBuildProblem", () => {
  test.each<[what: string, files: Files, expected: string]>([
    ["a syntax error", { [entry]: 'const é = "é"; const = 1;\n' }, `syntax-error ${entry}:1:22`],
    [
      "a broken JSON file",
      { [entry]: 'import a from "./a.json";\nexport default a;\n', "hosts/web/src/a.json": '{\n  "a": 1,\n}' },
      "syntax-error hosts/web/src/a.json:3:1",
    ],
    [
      "an import of a file that is not there",
      { [entry]: '\nimport a from "./a.ts";\nexport default a;\n' },
      `unresolved-import ${entry}:2:15`,
    ],
    [
      "an import of a package that is not there",
      { [entry]: 'import a from "@modules/a";\nexport default a;\n' },
      `unresolved-import ${entry}:1:15`,
    ],
    [
      "an import of what a package keeps to itself",
      { [entry]: 'import a from "@modules/a/src/b.ts";\nexport default a;\n', "modules/a/src/b.ts": "" },
      `unresolved-import ${entry}:1:15`,
    ],
    [
      "an import of a name that is not exported",
      { [entry]: 'import { b } from "./a.ts";\nexport default b;\n', [other]: "export const a = 1;\n" },
      `unresolved-import ${entry}:1:10`,
    ],
    [
      "top-level await",
      { [entry]: "const a = 1;\nconst b = await a;\nexport default b;\n" },
      `top-level-await ${entry}:2:11`,
    ],
    [
      "top-level await further away",
      { [entry]: 'import { a } from "./a.ts";\nexport default a;\n', [other]: "export const a = await 1;\n" },
      `top-level-await ${other}:1:18`,
    ],
  ])("says where %s stands", async (_what, files, expected) => {
    expect(await problemsOf(files)).toEqual([expected]);
  });

  test.each<[what: string, text: string, fix: string]>([
    ["a file without its ending", 'import a from "./a";\nexport default a;\n', 'Write "./a.ts"'],
    ["a folder", 'import a from "./b";\nexport default a;\n', 'Write "./b/index.ts"'],
    [
      "a package that is not declared",
      'import c from "@modules/c";\nexport default c;\n',
      'Add "@modules/c": "workspace:*" to the dependencies in',
    ],
    ["a package that is not installed", 'import d from "@modules/d";\nexport default d;\n', "Run: pnpm install"],
    [
      "a part that a package does not offer",
      'import e from "@modules/e/x";\nexport default e;\n',
      'Import "@modules/e"',
    ],
    ["a part of what is shared", 'import f from "firn/internal";\nexport default f;\n', 'Import "firn"'],
    ["a name that is not exported", 'import { A } from "./a.ts";\nexport default A;\n', "import { type A }"],
  ])("says how to mend an import of %s", async (_what, text, fix) => {
    const flake = await createFlake({
      [entry]: text,
      [other]: "export default 1;\n",
      "hosts/web/src/b/index.ts": "",
      "hosts/web/package.json": JSON.stringify({ exports: "./src/index.ts", dependencies: { "@modules/d": "*" } }),
      "modules/e/src/index.ts": "",
    });
    const [problem, ...more] = (await flake.load()).hosts.flatMap(({ diagnostics }) => diagnostics);
    expect(more).toEqual([]);
    expect(problem?.code).toBe("unresolved-import");
    expect(problem?.fix).toContain(fix);
  });
});
