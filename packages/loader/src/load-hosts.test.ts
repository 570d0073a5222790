import { evaluate } from "firn";
import { describe, expect, test } from "vitest";
import type { Loaded } from "@firn/loader";
import { createFlake, type Files } from "../test/temporary-flake.ts";

const web = 'import { defineModule } from "firn";\nexport default defineModule({ name: "web" });\n';

const nginx = `import { defineModule, option, types } from "firn";
export default defineModule({
  name: "nginx",
  options: { services: { nginx: { port: option({ type: types.port, default: 80 }) } } },
});
`;

/** What went wrong with the host "web": code, then file:line:column of each mark. */
async function problemsOf(files: Files): Promise<string[]> {
  const flake = await createFlake(files);
  const loaded = await flake.load();
  const sources = await loaded.openSources();
  return loaded.hosts.flatMap(({ diagnostics }) =>
    diagnostics.map(({ code, marks }) => {
      const places = marks.map(({ place }) => {
        const at = sources.locate(place);
        return at && `${at.file.replace(`${flake.root}/`, "")}:${at.line}:${at.column}`;
      });
      return [code, ...places].join(" ");
    }),
  );
}

function messagesOf(loaded: Loaded): string[] {
  return loaded.hosts.flatMap(({ diagnostics }) => diagnostics.map(({ message }) => message));
}

describe("loadHosts", () => {
  test("loads a host that evaluates with the engine of this process", async () => {
    const flake = await createFlake({
      "modules/nginx/src/index.ts": nginx,
      "hosts/web/src/index.ts": `import { defineModule } from "firn";
import nginx from "@modules/nginx";
export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ services: { nginx: { port: 8080 } } });
  },
});
`,
    });
    const { hosts } = await flake.load();
    expect(hosts[0]?.diagnostics).toEqual([]);
    const evaluation = evaluate({ modules: [hosts[0]?.module as never], name: "web" });
    expect(evaluation.diagnostics).toEqual([]);
    expect(evaluation.config).toMatchObject({ services: { nginx: { port: 8080 } } });
  });

  test("gives hosts in the order they were asked for, sharing the modules they import", async () => {
    const host =
      'import { defineModule } from "firn";\nimport nginx from "@modules/nginx";\nexport default defineModule({ imports: [nginx] });\n';
    const flake = await createFlake({
      "modules/nginx/src/index.ts": nginx,
      "hosts/web/src/index.ts": host,
      "hosts/db/src/index.ts": host,
    });
    const { hosts } = await flake.load("web", "db");
    expect(hosts.map(({ name }) => name)).toEqual(["web", "db"]);
    const [first, second] = hosts.map(({ module }) => module?.settings.imports?.[0]);
    expect(first).toBeDefined();
    expect(first).toBe(second);
  });

  test("hands out shared modules as namespaces, and reads JSON and text of the flake", async () => {
    const flake = await createFlake({
      "hosts/web/src/index.ts": `import * as firn from "firn";
import * as z from "zod";
import data from "./data.json";
import motd from "./motd.txt";
export default firn.defineModule({ name: [z.string().parse("a"), data.b, motd, firn.types.str.description].join(" ") });
`,
      "hosts/web/src/data.json": '{ "b": "b" }',
      "hosts/web/src/motd.txt": "hello",
    });
    const { hosts } = await flake.load();
    expect(hosts[0]?.module?.settings.name).toMatch(/^a b hello /);
  });

  test("says in import.meta where the source stands, without moving anything in it", async () => {
    const flake = await createFlake({
      "hosts/web/src/index.ts":
        'import { where } from "./where.ts";\nexport const x = where;\nthrow new Error(import.meta.dirname + where);\n',
      "hosts/web/src/where.ts":
        'export const where = [import.meta.filename, import.meta.url, "import.meta.url"].join();\n',
    });
    const [host] = (await flake.load()).hosts;
    const file = flake.path("hosts/web/src/where.ts");
    expect(host?.diagnostics[0]?.why?.[0]).toBe(
      `Error: ${flake.path("hosts/web/src")}${file},file://${file},import.meta.url`,
    );
  });

  test("keeps the good hosts when others fail", async () => {
    const flake = await createFlake({
      "modules/bad/src/index.ts": "export default {,};\n",
      "hosts/web/src/index.ts": web,
      "hosts/thrower/src/index.ts": 'throw new Error("no");\n',
      "hosts/typo/src/index.ts": 'import bad from "@modules/bad";\nexport default bad;\n',
      "hosts/lost/src/index.ts": 'import { none } from "../../web/src/index.ts";\nexport default none;\n',
    });
    const { hosts } = await flake.load("web", "thrower", "typo", "lost", "nobody");
    expect(
      hosts.map(({ module, diagnostics }) => module !== undefined || diagnostics.map(({ code }) => code).join()),
    ).toEqual([true, "host-threw", "syntax-error", "unresolved-import", "unknown-host"]);
  });

  test.each<[title: string, files: Files, expected: string[]]>([
    ["a host that is nowhere", {}, ["unknown-host"]],
    [
      "a folder without package.json",
      { "hosts/web/readme.md": "", "hosts/web/package.json": "" },
      ["bad-host-package hosts/web/package.json:1:1"],
    ],
    [
      "a package.json that is no JSON",
      { "hosts/web/package.json": '{\n  "name": }' },
      ["bad-host-package hosts/web/package.json:2:11"],
    ],
    ["a package without an entry", { "hosts/web/package.json": "{}" }, ["bad-host-package hosts/web/package.json:1:1"]],
    ["an entry that is gone", { "hosts/web/readme.md": "" }, ["bad-host-package hosts/web/package.json:1:1"]],
    [
      "a host that the globs leave out",
      { "hosts/web/src/index.ts": web, "pnpm-workspace.yaml": 'packages: ["hosts/*", "!hosts/web"]' },
      ["bad-host-package"],
    ],
    [
      "YAML that cannot be parsed",
      { "hosts/web/src/index.ts": web, "pnpm-workspace.yaml": "packages:\n  - a\n b" },
      ["bad-workspace pnpm-workspace.yaml:3:1"],
    ],
    [
      "no list of globs",
      { "hosts/web/src/index.ts": web, "pnpm-workspace.yaml": "# none\npackages: 1" },
      ["bad-workspace pnpm-workspace.yaml:2:1"],
    ],
    [
      "no default export",
      { "hosts/web/src/index.ts": "export const web = 1;\n" },
      ["no-default-export hosts/web/src/index.ts:1:1"],
    ],
    ["an empty file", { "hosts/web/src/index.ts": "" }, ["no-default-export hosts/web/src/index.ts:1:1"]],
    [
      "a default export that is no module",
      { "hosts/web/src/index.ts": "\nexport default { a: 1 };\n" },
      ["not-a-module hosts/web/src/index.ts:2:1"],
    ],
    [
      "the same by name",
      { "hosts/web/src/index.ts": "const web = 1;\nexport { web as default };\n" },
      ["not-a-module hosts/web/src/index.ts:2:1"],
    ],
    [
      "a syntax error",
      { "hosts/web/src/index.ts": 'const é = "é"; const = 1;\n' },
      ["syntax-error hosts/web/src/index.ts:1:22"],
    ],
    [
      "a broken JSON file",
      {
        "hosts/web/src/index.ts": 'import a from "./a.json";\nexport default a;\n',
        "hosts/web/src/a.json": '{\n  "a": 1,\n}',
      },
      ["syntax-error hosts/web/src/a.json:3:1"],
    ],
    [
      "an import of a file that is not there",
      { "hosts/web/src/index.ts": '\nimport a from "./a.ts";\nexport default a;\n' },
      ["unresolved-import hosts/web/src/index.ts:2:15"],
    ],
    [
      "an import of a package that is not there",
      { "hosts/web/src/index.ts": 'import a from "@modules/a";\nexport default a;\n' },
      ["unresolved-import hosts/web/src/index.ts:1:15"],
    ],
    [
      "an import of what a package keeps to itself",
      {
        "hosts/web/src/index.ts": 'import a from "@modules/a/src/b.ts";\nexport default a;\n',
        "modules/a/src/b.ts": "",
      },
      ["unresolved-import hosts/web/src/index.ts:1:15"],
    ],
    [
      "an import of a name that is not exported",
      {
        "hosts/web/src/index.ts": 'import { b } from "./a.ts";\nexport default b;\n',
        "hosts/web/src/a.ts": "export const a = 1;\n",
      },
      ["unresolved-import hosts/web/src/index.ts:1:10"],
    ],
    [
      "top-level await",
      { "hosts/web/src/index.ts": "const a = 1;\nconst b = await a;\nexport default b;\n" },
      ["top-level-await hosts/web/src/index.ts:2:11"],
    ],
    [
      "an exception in a file of a module",
      {
        "hosts/web/src/index.ts": 'import a from "@modules/a";\nexport default a;\n',
        "modules/a/src/index.ts": 'import { fail } from "./fail.ts";\nexport default fail("x");\n',
        "modules/a/src/fail.ts": "export function fail(what: string): never {\n  throw new TypeError(what);\n}\n",
      },
      ["host-threw modules/a/src/fail.ts:2:9"],
    ],
    ["something thrown that is no error", { "hosts/web/src/index.ts": 'throw "x";\n' }, ["host-threw "]],
    [
      "a circle of imports that is used too early",
      {
        "hosts/web/src/index.ts": 'import b from "./b.ts";\nexport default { imports: [b] };\n',
        "hosts/web/src/b.ts": 'import web from "./index.ts";\n\nexport default { web };\n',
      },
      ["unresolved-import hosts/web/src/b.ts:3:18 hosts/web/src/b.ts:1:1"],
    ],
    [
      "the same between packages",
      {
        "hosts/web/src/index.ts": 'import a from "@modules/a";\nexport default a;\n',
        "modules/a/src/index.ts": 'import b from "@modules/b";\nexport default { b };\n',
        "modules/b/src/index.ts": 'import a from "@modules/a";\nexport default [a];\n',
      },
      ["unresolved-import modules/b/src/index.ts:2:17 modules/b/src/index.ts:1:1"],
    ],
  ])("reports %s", async (_title, files, expected) => {
    expect(await problemsOf(files)).toEqual(expected);
  });

  test("allows a circle of imports that is used later", async () => {
    const problems = await problemsOf({
      "hosts/web/src/index.ts": `import { defineModule } from "firn";
import { later } from "./b.ts";
export const name = "web";
export default defineModule({ name: later });
`,
      "hosts/web/src/b.ts":
        'import { name } from "./index.ts";\nexport const later = "b";\nexport const lazily = { name: () => name };\n',
    });
    expect(problems).toEqual([]);
  });

  test("names the nearest hosts, and what to write instead of a name that is nearly right", async () => {
    const flake = await createFlake({
      "hosts/web/src/index.ts": 'import "./a";\n',
      "hosts/web/src/a.ts": "",
      "hosts/db/src/index.ts": web,
    });
    const unknown = (await flake.load("wbe")).hosts[0]?.diagnostics[0];
    expect(unknown?.why).toEqual(['The flake has the hosts "db", "web"']);
    expect(unknown?.fix).toBe('Write "db" or "web", or make it with: firn new host wbe');
    const loaded = await flake.load();
    expect(messagesOf(loaded)).toEqual(['Cannot resolve the import "./a"']);
    expect(loaded.hosts[0]?.diagnostics[0]?.fix).toBe('Write "./a.ts"');
  });
});
