import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { layOutInputs } from "@firn/input-tree";
import { createMemoryExporter } from "@firn/input-tree/testing";
import { createFlake, lockOf, manifest, moduleTree, pin } from "../test/temporary-flake.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** A module whose port has a name, and which imports the module of its own input. */
function web(portName: string): Readonly<Record<string, string>> {
  return moduleTree(
    "@acme/web",
    `import { defineModule, option, types } from "firn";
import log from "@acme/log";
export default defineModule({
  imports: [log],
  options: { web: { ${portName}: option({ type: types.port, default: 80 }) } },
});
`,
  );
}

const log = moduleTree(
  "@acme/log",
  `import { defineModule, option, types } from "firn";
export default defineModule({ options: { log: { level: option({ type: types.str, default: "info" }) } } });
`,
);

const exporter = createMemoryExporter({ web: web("port"), next: web("listenPort"), log });

const one = lockOf({ web: pin("web"), "web/log": pin("log") });
const two = lockOf({ web: pin("next", { version: "2.0.0" }), "web/log": pin("log") });

const host = `import { defineModule } from "firn";
import web from "@acme/web";
export default defineModule({
  imports: [web],
  config({ config }, define) {
    define({ web: { port: 8080 } });
    define({ log: { level: String(config.web.port) } });
  },
});
`;

const settings = {
  compilerOptions: {
    target: "es2023",
    lib: ["es2023"],
    module: "nodenext",
    moduleDetection: "force",
    types: [],
    strict: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  },
  include: ["hosts", "modules"],
};

/** Makes a flake whose host imports an input, with this repository's engine. */
function createTypedFlake(text: string): string {
  const root = createFlake({
    "tsconfig.json": JSON.stringify(settings),
    "package.json": '{ "type": "module" }',
    "hosts/web/src/index.ts": text,
    "hosts/web/package.json": manifest("@hosts/web"),
  });
  mkdirSync(join(root, "node_modules"));
  symlinkSync(join(repository, "packages/firn"), join(root, "node_modules/firn"));
  return root;
}

/** Type-checks a flake and gives the lines that name a problem; those of the engine's own sources do not count. */
function typeCheck(root: string): Promise<string[]> {
  return new Promise((resolve) => {
    const tsc = join(repository, "node_modules/.bin/tsc");
    execFile(tsc, ["--pretty", "false"], { cwd: root }, (_, stdout) => {
      resolve(stdout.split("\n").filter((line) => /^(?!\.\.\/)\S.*error TS/.test(line)));
    });
  });
}

describe("a host that imports a module of an input", { timeout: 60_000 }, () => {
  test("has its types, and those of its inputs", async () => {
    const root = createTypedFlake(host);
    await layOutInputs({ root, lock: one, exporter });
    expect(await typeCheck(root)).toEqual([]);
  });

  test("has an error at its own line for a value of the wrong type", async () => {
    const root = createTypedFlake(host.replace("8080", '"8080"'));
    await layOutInputs({ root, lock: one, exporter });
    expect(await typeCheck(root)).toEqual([
      expect.stringMatching(/^hosts\/web\/src\/index\.ts\(6,21\): error TS2322: .*'string'/),
    ]);
  });

  test("has errors at its own lines after an update to a version whose option has another name", async () => {
    const root = createTypedFlake(host);
    await layOutInputs({ root, lock: one, exporter });
    await layOutInputs({ root, lock: two, exporter });
    const problems = await typeCheck(root);
    expect(problems.map((line) => line.split(": error")[0])).toEqual([
      "hosts/web/src/index.ts(6,21)",
      "hosts/web/src/index.ts(7,46)",
    ]);
  });

  test("cannot import what only an input of its input offers", async () => {
    const root = createTypedFlake(host.replace("@acme/web", "@acme/log"));
    await layOutInputs({ root, lock: one, exporter });
    expect(await typeCheck(root)).toContainEqual(
      expect.stringMatching(/^hosts\/web\/src\/index\.ts\(2,17\): error TS2307: .*@acme\/log/),
    );
  });
});
