import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { childCommands } from "../src/child-command.ts";

// What the process alone refuses, were host code ever to get out of its context:
// here the code runs in the realm of Node.js, with everything that it has.

let folder = "";
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-process-")));
  writeFileSync(join(folder, "canary"), "canary-c01d");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs code as the process that evaluates, started in the strongest way that works here, and gives what it prints. */
function runAsChild(code: string): string {
  const scripts = mkdtempSync(join(folder, "scripts-"));
  mkdirSync(join(scripts, "child"));
  const wrapped = `let out; try { out = ${code} } catch (e) { out = (e.code ?? e.name) + "" } require("fs").writeSync(1, JSON.stringify({ out }) + "\\n"); process.reallyExit(0);`;
  writeFileSync(join(scripts, "child/child.cjs"), wrapped.replaceAll("OUT", folder));
  for (const { file, args, env, cwd } of childCommands(scripts, { memory: 64 })) {
    const { stdout } = spawnSync(file, args, { env, cwd, encoding: "utf8" });
    if (stdout !== "") return stdout.trim();
  }
  return "it did not start";
}

describe("the process that evaluates", { timeout: 30_000 }, () => {
  test.each([
    ["read a file", 'require("fs").readFileSync("OUT/canary", "utf8")'],
    ["read a file by a descriptor", 'require("fs").openSync("OUT/canary", "r")'],
    ["read its environment's file", 'require("fs").readFileSync("/proc/self/environ", "utf8")'],
    ["list a folder", 'require("fs").readdirSync("/")'],
    ["ask whether a file is there", 'require("fs").statSync("OUT/canary").size'],
    ["write a file", 'require("fs").writeFileSync("OUT/written", "x")'],
    ["make a folder", 'require("fs").mkdirSync("OUT/made")'],
    ["remove a file", 'require("fs").rmSync("OUT/canary")'],
    ["change the rights of a file", 'require("fs").chmodSync("OUT/canary", 0)'],
    ["rename a file", 'require("fs").renameSync("OUT/canary", "OUT/moved")'],
    ["link to a file", 'require("fs").symlinkSync("OUT/canary", "OUT/link")'],
    ["start a process", 'require("child_process").spawnSync("/bin/sh", ["-c", "echo > OUT/spawned"]).pid'],
    ["fork a process", 'require("child_process").fork("OUT/x.js").pid'],
    ["start a thread", 'typeof new (require("worker_threads").Worker)("1", { eval: true })'],
    ["open the inspector", 'require("inspector").open(0)'],
  ])("cannot %s", (_title, code) => {
    expect(runAsChild(code)).toMatch(/^\{"out":"(ERR_ACCESS_DENIED|ERR_INSPECTOR_NOT_AVAILABLE)"\}$/);
  });

  test.each([
    ["load a native add-on", 'process.dlopen({ exports: {} }, "OUT/x.node")', /ERR_DLOPEN_DISABLED|ERR_ACCESS_DENIED/],
    ["make code of text", 'Function("return 1")()', /EvalError/],
    ["make code by eval", '(0, eval)("1")', /EvalError/],
    [
      "get its rights back",
      'process.permission.has("fs.write") || process.permission.has("child") || process.permission.has("worker")',
      /false/,
    ],
    ["read files by a setting", 'process.permission.has("fs.read", "OUT/canary")', /false/],
    [
      "see the environment of its parent",
      "Object.keys(process.env).filter((name) => !['TZ', 'LC_ALL'].includes(name)).join()",
      /\{"out":""\}/,
    ],
    ["see where its parent stands", "process.cwd()", /\{"out":"\/"\}/],
  ])("cannot %s", (_title, code, outcome) => {
    expect(runAsChild(code)).toMatch(outcome);
  });

  test("leaves nothing behind", () => {
    expect(readdirSync(folder).filter((name) => !name.startsWith("scripts-"))).toEqual(["canary"]);
  });
});

const strongest = childCommands("/nowhere", { memory: 64 })[0];
const hasNamespaces =
  strongest !== undefined &&
  strongest.file !== process.execPath &&
  spawnSync(strongest.file, ["--net", "/bin/true"]).status === 0;

describe.runIf(hasNamespaces)("the process that evaluates, where the kernel lets it have its own network", () => {
  test("reaches no server of this machine", async () => {
    let requests = 0;
    const server = createServer((_, response) => void response.end(String(++requests)));
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port)); // It listens on a port.
    });
    const code = `require("net").connect(${port}, "127.0.0.1").on("error", (e) => { require("fs").writeSync(1, e.code); process.reallyExit(0); }).on("connect", () => { require("fs").writeSync(1, "connected"); process.reallyExit(0); }) && undefined; return`;
    const scripts = mkdtempSync(join(folder, "scripts-"));
    mkdirSync(join(scripts, "child"));
    writeFileSync(join(scripts, "child/child.cjs"), `(() => { ${code} })();`);
    const [command] = childCommands(scripts, { memory: 64 });
    const { stdout } = spawnSync(command?.file ?? "", command?.args ?? [], { env: {}, cwd: "/", encoding: "utf8" });
    server.close();
    expect(stdout).toMatch(/^E(NETUNREACH|CONNREFUSED|ADDRNOTAVAIL)/);
    expect(requests).toBe(0);
  });

  test("gets no more memory outside of its heap than its limit", () => {
    expect(runAsChild("new Uint8Array(3e9).fill(1).length")).toMatch(/RangeError|ERR_/);
  });
});
