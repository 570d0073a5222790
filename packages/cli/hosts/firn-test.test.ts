import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const workspace = join(import.meta.dirname, "../../..");
const program = join(workspace, "packages/cli/dist/firn.cjs");

/** The base may have to be made. */
const timeout = 300_000;

/** Runs the command in a folder. */
function firn(cwd: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, NO_COLOR: "1", ...environment };
  return spawnSync(process.execPath, [program, ...args], { cwd, env, encoding: "utf8" });
}

describeWithHosts("firn test", () => {
  test("runs the tests of hosts/web, which a newcomer reads", { timeout }, () => {
    const { status, stderr, stdout } = firn(workspace, ["test", "web"]);
    expect(status, stdout + stderr).toBe(0);
    expect(stdout.replaceAll(/\(\d+\.\d s\)/g, "(time)").split("\n")).toEqual([
      "✔ web: serves its page (time)",
      "✔ web: says how it is, on a page that survives a boot (time)",
      "✔ web: lets its administrator in, and nobody without a key (time)",
      "✔ web: leaves nothing that it started (time)",
      "4 tests passed",
      "",
    ]);
  });

  test("fails with the line that was disappointed, and begins each test on a bare machine", { timeout }, () => {
    const { status, stderr, stdout } = firn(flake, ["test"]);
    expect(status).toBe(1);
    const lines = stdout.replaceAll(/\(\d+\.\d s\)/g, "(time)").split("\n");
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "✔ web: leaves something (time)",
      "✔ web: finds nothing of it (time)",
      "✔ web: becomes the other host (time)",
      "✘ web: runs what fails (time)",
      "✘ web: fetches from nobody (time)",
      "✘ web: becomes a host that is none (time)",
      "3 of 6 tests failed",
      "",
    ]);
    expect(stdout).toContain('    Cannot run "sh -c echo why >&2; exit 3"\n    Its status is 3\n    It wrote: why\n');
    expect(stdout).toMatch(/ {4}at hosts\/web\/src\/host-test\.ts:\d+:\d+\n {4}\d+ \| +await host\.fetch/);
    expect(stderr).toContain('Cannot find the host "none" in the flake');
    expect(stdout).toContain('    The host "none" has errors\n    at hosts/web/src/host-test.ts:');
  });
});

describe("firn test, without containers", () => {
  test("says what is missing, and runs nothing", () => {
    const { status, stderr, stdout } = firn(flake, ["test"], { PATH: "/nowhere" });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^error\[test-host-failed\]: Cannot start machines for tests here\n {2}why: ./);
  });

  test("says what is wrong with a host before it boots anything", () => {
    write({ "hosts/web/src/index.ts": "export default {};\n" });
    const { status, stderr } = firn(flake, ["test", "web"], { PATH: "/nowhere" });
    expect(status).toBe(1);
    expect(stderr).toContain("error[not-a-module]");
  });
});

let flake = "";
beforeEach(() => {
  flake = realpathSync(mkdtempSync(join(tmpdir(), "firn-tests-")));
  write(files);
  mkdirSync(join(flake, "node_modules"));
  symlinkSync(join(workspace, "packages/firn"), join(flake, "node_modules/firn"));
});
afterEach(() => rmSync(flake, { recursive: true }));

function write(texts: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(flake, path)), { recursive: true });
    writeFileSync(join(flake, path), text);
  }
}

const manifest = '{ "name": "@hosts/a", "type": "module", "exports": { ".": "./src/index.ts" } }\n';

function greeter(text: string): string {
  const etc = "environment: { etc: option({ type: types.attrsOf(types.anything), default: {} }) }";
  return `import { defineModule, option, types } from "firn";

export default defineModule({
  options: { ${etc} },
  config: (_given, define) => define({ environment: { etc: { motd: { text: "${text}\\n", takeOver: true } } } }),
});
`;
}

const files = {
  "flake.yaml": "name: example\n",
  "pnpm-workspace.yaml": "packages:\n  - hosts/*\n",
  "lockfile.json": '{\n  "lockfileVersion": 1,\n  "inputs": {}\n}\n',
  "hosts/web/package.json": manifest,
  "hosts/web/src/index.ts": greeter("one"),
  "hosts/other/package.json": manifest,
  "hosts/other/src/index.ts": greeter("two"),
  "hosts/web/src/host-test.ts": `import { defineTests, type TestedHost } from "firn";

async function greeting(host: TestedHost): Promise<string> {
  return host.readFile("/etc/motd");
}

export default defineTests({
  tests: {
    "leaves something": async ({ host, expect }) => {
      await host.switch();
      expect(await greeting(host)).toBe("one\\n");
    },
    "finds nothing of it": async ({ host, expect }) => {
      expect(await greeting(host)).not.toContain("one");
      expect((await host.firn("generations")).stdout).not.toContain("web");
    },
    "becomes the other host": async ({ host, expect }) => {
      await host.switch();
      await host.switch("other");
      expect(await greeting(host)).toBe("two\\n");
      await host.firn("rollback");
      expect(await greeting(host)).toBe("one\\n");
      await host.powerCut();
      expect(await greeting(host)).toBe("one\\n");
    },
    "runs what fails": async ({ host }) => {
      await host.succeed(["sh", "-c", "echo why >&2; exit 3"]);
    },
    "fetches from nobody": async ({ host }) => {
      await host.fetch("http://" + host.name + ".example/");
    },
    "becomes a host that is none": async ({ host }) => {
      await host.switch("none");
    },
  },
});
`,
};
