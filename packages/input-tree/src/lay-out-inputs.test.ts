import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { areInputsLaidOut, findLaidOutInputs, layOutInputs } from "@firn/input-tree";
import { createMemoryExporter } from "@firn/input-tree/testing";
import { createFlake, listInputs, listLinks, lockOf, moduleTree, pin, targetOf } from "../test/temporary-flake.ts";

const core = moduleTree("@acme/core");
const log = moduleTree("@acme/log");

describe("layOutInputs", () => {
  test("exports each input and links its packages for the flake, and those of its inputs for itself", async () => {
    const root = createFlake();
    const lock = lockOf({ core: pin("core", { version: "1.4.2" }), "core/log": pin("log", { version: "0.9.4" }) });
    const layout = await layOutInputs({ root, lock, exporter: createMemoryExporter({ core, log }) });
    expect(layout.diagnostics).toEqual([]);
    expect(layout.changed).toBe(true);
    expect(Object.fromEntries(layout.folders)).toEqual({
      core: join(root, ".firn/inputs/core@1.4.2"),
      "core/log": join(root, ".firn/inputs/core+log@0.9.4"),
    });
    expect(listLinks(root)).toEqual([
      ".firn/inputs/core+log@0.9.4/node_modules/@acme/log -> .firn/inputs/core+log@0.9.4/modules/main",
      ".firn/inputs/core@1.4.2/node_modules/@acme/core -> .firn/inputs/core@1.4.2/modules/main",
      ".firn/inputs/core@1.4.2/node_modules/@acme/log -> .firn/inputs/core+log@0.9.4/modules/main",
      "hosts/node_modules/@acme/core -> .firn/inputs/core@1.4.2/modules/main",
      "modules/node_modules/@acme/core -> .firn/inputs/core@1.4.2/modules/main",
    ]);
  });

  test("asks the exporter for exactly what is locked", async () => {
    const root = createFlake();
    const exporter = createMemoryExporter({ core: { "nested/package.json": '{"name":"core"}' } });
    const want = { git: "https://git.example/core", dir: "nested", submodules: true } as const;
    await layOutInputs({
      root,
      lock: lockOf({ core: pin("core", { want }) }),
      exporter,
      mirrors: new Map([["core", ["https://mirror.example/core"]]]),
    });
    expect(exporter.requests).toEqual([
      {
        source: { git: "https://git.example/core", mirrors: ["https://mirror.example/core"] },
        commit: "core",
        dir: "nested",
        submodules: true,
        integrity: "sha256-core",
      },
    ]);
  });

  test("names the folder of an input without a version after its commit", async () => {
    const root = createFlake();
    const commit = "0123456789abcdef0123456789abcdef01234567";
    const { version: _, ...edge } = pin(commit);
    await layOutInputs({ root, lock: lockOf({ edge }), exporter: createMemoryExporter({ [commit]: core }) });
    expect(listInputs(root)).toEqual([".laid-out", "edge@0123456789ab"]);
  });

  test("does nothing the second time", async () => {
    const root = createFlake();
    const lock = lockOf({ core: pin("core") });
    const exporter = createMemoryExporter({ core });
    expect(areInputsLaidOut({ root, lock })).toBe(false);
    const first = await layOutInputs({ root, lock, exporter });
    expect(areInputsLaidOut({ root, lock })).toBe(true);
    expect(await layOutInputs({ root, lock, exporter })).toEqual({ ...first, changed: false });
    expect(exporter.requests).toHaveLength(1);
  });

  test("does nothing for a flake without inputs", async () => {
    const root = createFlake();
    const layout = await layOutInputs({ root, lock: lockOf({}), exporter: createMemoryExporter({}) });
    expect(layout).toEqual({ folders: new Map(), changed: false, diagnostics: [] });
    expect(existsSync(join(root, ".firn"))).toBe(false);
  });

  test("makes files read-only and keeps them out of git", async () => {
    const root = createFlake();
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter: createMemoryExporter({ core }) });
    expect(statSync(join(root, ".firn/inputs/core@1.0.0/modules/main/src/index.ts")).mode & 0o222).toBe(0);
    expect(readFileSync(join(root, ".firn/.gitignore"), "utf8")).toBe("*\n");
  });

  test("passes on the problems of the exporter, and can be run again", async () => {
    const root = createFlake();
    const lock = lockOf({ core: pin("core"), log: pin("log") });
    const failed = await layOutInputs({ root, lock, exporter: createMemoryExporter({ core }) });
    expect(failed.diagnostics.map(({ code }) => code)).toEqual(["missing-commit"]);
    expect(areInputsLaidOut({ root, lock })).toBe(false);
    expect(listLinks(root)).toEqual([]);
    const exporter = createMemoryExporter({ log });
    expect((await layOutInputs({ root, lock, exporter })).diagnostics).toEqual([]);
    expect(exporter.requests.map(({ commit }) => commit)).toEqual(["log"]);
  });
});

describe("layOutInputs, links", () => {
  test("stay right when the flake is moved", async () => {
    const root = createFlake();
    const lock = lockOf({ core: pin("core") });
    await layOutInputs({ root, lock, exporter: createMemoryExporter({ core }) });
    expect(targetOf(root, "hosts/node_modules/@acme/core")).toBe("../../../.firn/inputs/core@1.0.0/modules/main");
    const moved = join(createFlake(), "moved");
    renameSync(root, moved);
    expect(areInputsLaidOut({ root: moved, lock })).toBe(true);
    expect(findLaidOutInputs({ root: moved, lock })?.get("core")).toBe(join(moved, ".firn/inputs/core@1.0.0"));
  });

  test("are written again when somebody removed them, or made a folder that gets them", async () => {
    const root = createFlake();
    const lock = lockOf({ core: pin("core") });
    const exporter = createMemoryExporter({ core });
    await layOutInputs({ root, lock, exporter });
    rmSync(join(root, "hosts/node_modules"), { recursive: true });
    expect(areInputsLaidOut({ root, lock })).toBe(false);
    await layOutInputs({ root, lock, exporter });
    mkdirSync(join(root, "packages"));
    expect(areInputsLaidOut({ root, lock })).toBe(false);
    await layOutInputs({ root, lock, exporter });
    expect(listLinks(root).map((link) => link.split(" ")[0])).toEqual([
      ".firn/inputs/core@1.0.0/node_modules/@acme/core",
      "hosts/node_modules/@acme/core",
      "modules/node_modules/@acme/core",
      "packages/node_modules/@acme/core",
    ]);
    expect(exporter.requests).toHaveLength(1);
  });

  test("are none to an input that is no flake", async () => {
    const root = createFlake();
    const want = { git: "https://git.example/core", flake: false } as const;
    const lock = lockOf({ core: pin("core", { want }) });
    const { folders } = await layOutInputs({ root, lock, exporter: createMemoryExporter({ core }) });
    expect(existsSync(join(folders.get("core") ?? "", "modules/main/src/index.ts"))).toBe(true);
    expect(listLinks(root)).toEqual([]);
  });

  test("lead to an input that is a package itself", async () => {
    const root = createFlake();
    const exporter = createMemoryExporter({ core: { "package.json": '{"name":"core"}' } });
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter });
    expect(listLinks(root)).toContain("hosts/node_modules/core -> .firn/inputs/core@1.0.0");
  });

  test("never give the engine of an input, nor types that nothing imports", async () => {
    const root = createFlake();
    const tree = {
      ...core,
      "pnpm-workspace.yaml": 'packages: ["modules/*", "packages/*"]\n',
      "packages/firn/package.json": '{"name":"firn"}',
      "packages/zod/package.json": '{"name":"zod"}',
      "packages/format/package.json": '{"name":"@firn/format"}',
      "packages/unit/package.json": '{"name":"@firn/Unit"}',
      "packages/types/package.json": '{"name":"@types/node"}',
      "node_modules/firn/package.json": '{"name":"firn"}',
      "modules/main/node_modules/zod/package.json": '{"name":"zod"}',
    };
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter: createMemoryExporter({ core: tree }) });
    expect(listLinks(root).filter((link) => !link.includes("@acme/core"))).toEqual([]);
    expect(existsSync(join(root, ".firn/inputs/core@1.0.0/node_modules/firn"))).toBe(false);
    expect(existsSync(join(root, ".firn/inputs/core@1.0.0/modules/main/node_modules"))).toBe(false);
  });

  test("give inputs the engine where only a host of the flake has it", async () => {
    const root = createFlake({ "engine/package.json": "{}" });
    mkdirSync(join(root, "hosts/web/node_modules"));
    symlinkSync("../../../engine", join(root, "hosts/web/node_modules/firn"));
    mkdirSync(join(root, "hosts/web/node_modules/@firn"));
    symlinkSync("../../../../engine", join(root, "hosts/web/node_modules/@firn/format"));
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter: createMemoryExporter({ core }) });
    expect(listLinks(root)).toContain(".firn/node_modules/firn -> engine");
    expect(listLinks(root)).toContain(".firn/node_modules/@firn/format -> engine");
    expect(listLinks(root).filter((link) => link.startsWith(".firn/node_modules/zod"))).toEqual([]);
  });
});

describe("layOutInputs, after an update", () => {
  test("moves folder and links to the new version and removes the old", async () => {
    const root = createFlake();
    const next = { ...moduleTree("@acme/core"), "modules/more/package.json": '{"name":"@acme/more"}' };
    const exporter = createMemoryExporter({ core, next });
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter });
    await layOutInputs({ root, lock: lockOf({ core: pin("next", { version: "2.0.0" }) }), exporter });
    expect(listInputs(root)).toEqual([".laid-out", "core@2.0.0"]);
    expect(listLinks(root).filter((link) => link.startsWith("hosts"))).toEqual([
      "hosts/node_modules/@acme/core -> .firn/inputs/core@2.0.0/modules/main",
      "hosts/node_modules/@acme/more -> .firn/inputs/core@2.0.0/modules/more",
    ]);
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter });
    expect(listLinks(root).filter((link) => link.startsWith("hosts"))).toEqual([
      "hosts/node_modules/@acme/core -> .firn/inputs/core@1.0.0/modules/main",
    ]);
  });

  test("replaces the files of a version whose tag was moved", async () => {
    const root = createFlake();
    const exporter = createMemoryExporter({ core, moved: moduleTree("@acme/core", "export default 2;\n") });
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter });
    await layOutInputs({ root, lock: lockOf({ core: pin("moved") }), exporter });
    const file = join(root, ".firn/inputs/core@1.0.0/modules/main/src/index.ts");
    expect(readFileSync(file, "utf8")).toBe("export default 2;\n");
  });

  test("knows that an earlier layout is gone when a later one replaced a folder and failed", async () => {
    const root = createFlake();
    const moved = moduleTree("@acme/core", "export default 2;\n");
    const earlier = lockOf({ core: pin("core") });
    const exporter = createMemoryExporter({ core, moved });
    await layOutInputs({ root, lock: earlier, exporter });
    const failing = lockOf({ core: pin("moved"), gone: pin("gone") });
    expect((await layOutInputs({ root, lock: failing, exporter })).diagnostics).toHaveLength(1);
    expect(areInputsLaidOut({ root, lock: earlier })).toBe(false);
    await layOutInputs({ root, lock: earlier, exporter });
    const file = join(root, ".firn/inputs/core@1.0.0/modules/main/src/index.ts");
    expect(readFileSync(file, "utf8")).toBe("export default 1;\n");
  });

  test("removes links and folders of inputs that are gone", async () => {
    const root = createFlake();
    const exporter = createMemoryExporter({ core });
    await layOutInputs({ root, lock: lockOf({ core: pin("core") }), exporter });
    const layout = await layOutInputs({ root, lock: lockOf({}), exporter });
    expect(layout).toEqual({ folders: new Map(), changed: true, diagnostics: [] });
    expect(listInputs(root)).toEqual([".laid-out"]);
    expect(existsSync(join(root, "hosts/node_modules"))).toBe(false);
  });
});

describe("layOutInputs, killed", () => {
  test("completes what a killed process left, and removes what it wrote beside", async () => {
    const root = createFlake();
    const lock = lockOf({ core: pin("core") });
    const leftovers = [".new-1-core@1.0.0", "core@1.0.0", "log@0.1.0", ".old-1-log@0.1.0"];
    for (const name of leftovers) mkdirSync(join(root, ".firn/inputs", name, "modules"), { recursive: true });
    mkdirSync(join(root, "hosts/node_modules/@acme"), { recursive: true });
    symlinkSync("../../../.firn/inputs/log@0.1.0/modules", join(root, "hosts/node_modules/@acme/log"));
    writeFileSync(join(root, ".firn/inputs/.laid-out"), '{"isComplete":fal');
    writeFileSync(join(root, ".firn/.lock"), "999999999 1");
    const { diagnostics } = await layOutInputs({ root, lock, exporter: createMemoryExporter({ core }) });
    expect(diagnostics).toEqual([]);
    expect(listInputs(root)).toEqual([".laid-out", "core@1.0.0"]);
    expect(listLinks(root).filter((link) => link.startsWith("hosts"))).toEqual([
      "hosts/node_modules/@acme/core -> .firn/inputs/core@1.0.0/modules/main",
    ]);
    expect(existsSync(join(root, ".firn/.lock"))).toBe(false);
    expect(areInputsLaidOut({ root, lock })).toBe(true);
  });

  test("removes the links that a killed process wrote for another lock", async () => {
    const root = createFlake({ "vendor/tool/package.json": '{"name":"tool"}' });
    const local = lockOf({ tool: { want: { path: "./vendor/tool" } } });
    await layOutInputs({ root, lock: local, exporter: createMemoryExporter({}) });
    const file = join(root, ".firn/inputs/.laid-out");
    writeFileSync(file, readFileSync(file, "utf8").replace('"isComplete":true', '"isComplete":false'));
    expect(areInputsLaidOut({ root, lock: local })).toBe(false);
    await layOutInputs({ root, lock: lockOf({}), exporter: createMemoryExporter({}) });
    expect(listLinks(root)).toEqual([]);
  });

  test("lets two runs at once export each input once", async () => {
    const root = createFlake();
    const lock = lockOf({ core: pin("core") });
    const exporter = createMemoryExporter({ core });
    const layouts = await Promise.all([1, 2, 3].map(() => layOutInputs({ root, lock, exporter })));
    expect(layouts.map(({ changed }) => changed).toSorted()).toEqual([false, false, true]);
    expect(exporter.requests).toHaveLength(1);
  });
});
