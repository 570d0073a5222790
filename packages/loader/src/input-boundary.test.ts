import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { evaluate, isModule } from "firn";
import { describe, expect, test } from "vitest";
import { createFlakeWithInputs, moduleTree, problemsIn, renderManifest, runHost } from "../test/flake-with-inputs.ts";

const host = `import { defineModule } from "firn";
import web from "@acme/web";
export default defineModule({
  imports: [web],
  config(_, define) {
    define({ web: { port: 8080 } });
  },
});
`;

const web = `import { defineModule, option, types } from "firn";
import log from "@acme/log";
export default defineModule({
  imports: [log],
  options: { web: { port: option({ type: types.port, default: 80 }) } },
  config(_, define) {
    define({ log: { level: "debug" } });
  },
});
`;

const log = `import { defineModule, option, types } from "firn";
export default defineModule({
  options: { log: { level: option({ type: types.str, default: "info" }) } },
});
`;

const trees = { web: moduleTree("@acme/web", web), log: moduleTree("@acme/log", log) };

describe("loadBundle, modules of inputs", () => {
  test("are loaded with those of their own inputs", async () => {
    const flake = await createFlakeWithInputs(host, trees);
    await flake.lay({ web: "web", "web/log": "log" });
    const loaded = await flake.load();
    expect(await problemsIn(loaded, flake.root)).toEqual([]);
    const evaluation = evaluate({ modules: [await runHost(loaded)], name: "web" });
    expect(evaluation.diagnostics).toEqual([]);
    expect(evaluation.config).toMatchObject({ web: { port: 8080 }, log: { level: "debug" } });
  });

  test("have positions that show name and version of the input", async () => {
    const flake = await createFlakeWithInputs(host.replace("8080", '"no"'), trees);
    await flake.lay({ web: "web", "web/log": "log" });
    const loaded = await flake.load();
    const evaluation = evaluate({ modules: [await runHost(loaded)], name: "web" });
    const sources = await loaded.openSources();
    const level = evaluation.explain(["log", "level"]);
    const places = [evaluation.diagnostics[0]?.marks[0], ...(level?.definitions ?? []), ...(level?.declarations ?? [])];
    const shown = places.map((mark) => {
      const at = mark && sources.locate(mark.place);
      return at && `${at.file.replace(`${flake.root}/`, "")}:${at.line}:${at.column}`;
    });
    expect(shown).toEqual([
      "hosts/web/src/index.ts:6:21",
      ".firn/inputs/web@1.4.2/modules/main/src/index.ts:7:21",
      ".firn/inputs/web+log@1.4.2/modules/main/src/index.ts:3:54",
      ".firn/inputs/web+log@1.4.2/modules/main/src/index.ts:3:21",
    ]);
  });
});

describe("loadBundle, inputs", () => {
  const single = (text: string, more = {}) => ({ web: moduleTree("@acme/web", text, more), log: trees.log });

  test("refuses a host the packages of an input's inputs", async () => {
    const flake = await createFlakeWithInputs(host.replace("@acme/web", "@acme/log"), trees);
    await flake.lay({ web: "web", "web/log": "log" });
    expect(await problemsIn(await flake.load(), flake.root)).toEqual([
      expect.stringMatching(
        /^unresolved-import; Cannot resolve the import "@acme\/log"; hosts\/web\/src\/index.ts:2:17/,
      ),
    ]);
  });

  test("refuses an input what only the flake has among its inputs, and says where to add it", async () => {
    const flake = await createFlakeWithInputs(host, trees);
    await flake.lay({ web: "web", log: "log" });
    expect(await problemsIn(await flake.load(), flake.root)).toEqual([
      'unresolved-import; Cannot resolve the import "@acme/log"; .firn/inputs/web@1.4.2/modules/main/src/index.ts:2:17; In the flake.yaml of "web", add the flake that offers "@acme/log" to the inputs',
    ]);
  });

  test("refuses an input a package of the flake that is installed at its root", async () => {
    const flake = await createFlakeWithInputs(host, trees);
    await flake.write({ "modules/log/package.json": renderManifest("@acme/log"), "modules/log/src/index.ts": log });
    mkdirSync(join(flake.root, "node_modules/@acme"), { recursive: true });
    symlinkSync("../../modules/log", join(flake.root, "node_modules/@acme/log"));
    await flake.lay({ web: "web" });
    expect(await problemsIn(await flake.load(), flake.root)).toEqual([
      'impure-import; Cannot import "@acme/log": it belongs neither to the input "web" nor to an input of it; .firn/inputs/web@1.4.2/modules/main/src/index.ts:2:17; In the flake.yaml of "web", add the flake that offers "@acme/log" to the inputs',
    ]);
  });

  test("refuses an input a package that was installed from a registry", async () => {
    const flake = await createFlakeWithInputs(host, trees);
    await flake.write({ "node_modules/@acme/log/package.json": renderManifest("@acme/log") });
    await flake.write({ "node_modules/@acme/log/src/index.ts": log });
    await flake.lay({ web: "web" });
    const problems = await problemsIn(await flake.load(), flake.root);
    expect(problems.map((problem) => problem.split(";")[1])).toEqual([
      ' Cannot import "@acme/log": it belongs neither to the input "web" nor to an input of it',
    ]);
  });

  // How a file of an input names a file that is not its own, and the code of the problem.
  test.each([
    ["a relative path to the flake", "impure-import", "../../../../../../hosts/web/src/secret.ts", {}],
    ["a relative path to another input", "impure-import", "../../../../log@1.4.2/modules/main/src/index.ts", {}],
    [
      "an entry of imports in its package.json",
      "unresolved-import",
      "#secret",
      {
        "modules/main/package.json":
          '{"name":"@acme/web","exports":"./src/index.ts","imports":{"#secret":"@acme/log"}}',
      },
    ],
  ])("refuses an input %s", async (_, code, specifier, more) => {
    const text = `import x from "${specifier}";\nexport default x;\n`;
    const flake = await createFlakeWithInputs(host, single(text, more));
    await flake.write({ "hosts/web/src/secret.ts": "export default 1;\n" });
    await flake.lay({ web: "web", log: "log" });
    const problems = await problemsIn(await flake.load(), flake.root);
    expect(problems.map((problem) => problem.split("; ")).map(([found, , at]) => [found, at])).toEqual([
      [code, ".firn/inputs/web@1.4.2/modules/main/src/index.ts:1:15"],
    ]);
  });

  test("gives the engine of the flake, not one that an input brings", async () => {
    const own = 'export const defineModule = () => "another engine";\n';
    const text = 'import { defineModule } from "firn";\nexport default defineModule({ name: "web" });\n';
    const flake = await createFlakeWithInputs(
      'import web from "@acme/web";\nexport default web;\n',
      single(text, {
        "pnpm-workspace.yaml": "packages: [modules/*, packages/*]\n",
        "packages/firn/package.json": renderManifest("firn"),
        "packages/firn/src/index.ts": own,
        "node_modules/firn/package.json": renderManifest("firn"),
        "node_modules/firn/src/index.ts": own,
        "modules/main/node_modules/firn/package.json": renderManifest("firn"),
        "modules/main/node_modules/firn/src/index.ts": own,
      }),
    );
    await flake.lay({ web: "web" });
    expect((await runHost(await flake.load())).settings.name).toBe("web");
  });

  test("gives one module object for an input that is reached by two ways", async () => {
    const flake = await createFlakeWithInputs(
      host
        .replace("imports: [web]", "imports: [web, log]")
        .replace("import web", 'import log from "@acme/log";\nimport web'),
      trees,
    );
    await flake.lay({ log: "log", web: "web", "web/log": "log" });
    const { imports = [] } = (await runHost(await flake.load())).settings;
    const [first, second] = imports.map((module) => (isModule(module) ? module : undefined));
    expect(second).toBeDefined();
    expect(first?.settings.imports?.[0]).toBe(second);
  });

  test("sees that an input was updated, and that nothing was", async () => {
    const next = moduleTree("@acme/web", web.replace("port:", "listenPort:"));
    const flake = await createFlakeWithInputs(host, { ...trees, next });
    await flake.lay({ web: "web", "web/log": "log" });
    (await flake.load()).keepCompiled(undefined);
    expect((await flake.load()).fromCache).toBe(true);
    await flake.lay({ web: "next", "web/log": "log" });
    const loaded = await flake.load();
    expect(loaded.fromCache).toBe(false);
    const { diagnostics } = evaluate({ modules: [await runHost(loaded)], name: "web" });
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-option"]);
  });

  test("sees that the input of an input was updated", async () => {
    const next = moduleTree("@acme/log", log.replace("info", "warn"));
    const flake = await createFlakeWithInputs(host, { ...trees, next });
    await flake.lay({ web: "web", "web/log": "log" });
    (await flake.load()).keepCompiled(undefined);
    await flake.lay({ web: "web", "web/log": "next" });
    expect((await flake.load()).fromCache).toBe(false);
  });
});
