import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const command = join(import.meta.dirname, "../dist/firn.cjs");
const repository = join(import.meta.dirname, "../../..");
const connections = "services.nginx.workerConnections";

describe("the bundled command, in this repository", { timeout: 30_000 }, () => {
  let cache = "";
  beforeAll(() => {
    cache = mkdtempSync(join(tmpdir(), "firn-command-"));
  });
  afterAll(() => rmSync(cache, { recursive: true, force: true }));

  /** Runs the command; without color unless the environment asks for it. */
  function firn(args: readonly string[], environment: Record<string, string> = {}) {
    const env = { PATH: process.env["PATH"], HOME: cache, XDG_CACHE_HOME: cache, ...environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
      cwd: repository,
      env,
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  }

  // The arguments, and what the output is like.
  test.each([
    [["--version"], /^\d+\.\d+\.\d+\n$/],
    [["-V"], /^\d+\.\d+\.\d+\n$/],
    [["--help"], /^Firn runs machines.*\n {2}why +Explain/s],
    [[], /^Firn runs machines/],
    [["help", "eval"], /^Usage: firn eval \[HOST\] \[PATH\]/],
    [["eval", "--help"], /^Usage: firn eval /],
    [["check"], /^web: no problems\n$/],
    [["check", "web"], /^web: no problems\n$/],
    [["show"], /^firn\n\nhosts:\n {2}web\n\nmodules:\n.* {2}nginx\n/s],
    [["eval", "web", "networking.fqdn"], /^web\.example\.org\n$/],
    [["eval", "web", "services.nginx.enable"], /^true\n$/],
    [["eval", "web"], /^\{\n {2}"[a-z]+": .*\n\}\n$/s],
    [["why", "web", connections], /^services\.nginx\.workerConnections = 1536\n.*✔ 1536 +mkForce \(50\)/s],
    [["why", "web", connections, "--depth", "0"], /^(?!.*after reading).*✔ 1536/s],
    [["option", "virtual", "sites"], /^services\.nginx\.virtualHosts\n {2}Sites, by their name\n/],
    [["option", "nginx"], /\n\d+ options of \d+ matched\n$/],
    [["option", connections], /^services\.nginx\.workerConnections\n.* {2}default +512\n/s],
  ])("%j prints what it should, without a warning", (args, output) => {
    expect(firn(args)).toEqual({ status: 0, stdout: expect.stringMatching(output), stderr: "" });
  });

  test.each([
    [["check", "--json"], { hosts: [{ name: "web", diagnostics: [] }] }],
    [["show", "--json"], { name: "firn", hosts: ["web"] }],
    [["eval", "web", "--json"], { services: { nginx: { workerConnections: 1536 } } }],
    [["eval", "web", "services.nginx", "--json"], { workerConnections: 1536 }],
    [["why", "web", connections, "--json"], { value: 1536, definitions: [{ fate: "used", priority: 50 }, {}, {}, {}] }],
    [["option", connections, "--json"], [{ default: 512 }]],
  ])("%j prints JSON", (args, data) => {
    const { status, stdout } = firn(args);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject(data);
  });

  // The arguments, and what stands on the error stream.
  test.each([
    [
      ["chekc"],
      'error[unknown-command]: Cannot run "chekc": there is no such command\n  fix: Did you mean "firn check"?',
    ],
    [["help", "chekc"], "error[unknown-command]"],
    [["eval", "web", "--jsno"], "error[bad-usage]: Cannot read the arguments"],
    [["why", "web", "a", "--depth", "-1"], "error[bad-usage]"],
    [["why", "web", "a", "--depth"], "error[bad-usage]"],
    [["why"], "error[bad-usage]: Cannot explain without an option path"],
    [["eval", "web", String.raw`"a\q"`], "error[bad-usage]: Cannot read the option path"],
    [["eval", "wbe"], "error[unknown-host]"],
    [["eval", "web", "networking.fdqn"], "Did you mean networking.fqdn"],
  ])("%j is refused with a reason", (args, reason) => {
    expect(firn(args)).toEqual({ status: 1, stdout: "", stderr: expect.stringContaining(reason) });
  });

  test("an option that is not there is no match", () => {
    expect(firn(["option", "no-such-word"])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^No option of/),
    });
  });

  test("colors only where they are asked for, and never where they are unwanted", () => {
    const escape = "\u001b[";
    const ask = ["why", "web", connections];
    expect(firn(ask).stdout).not.toContain(escape);
    expect(firn(ask, { FORCE_COLOR: "1" }).stdout).toContain(escape);
    expect(firn(ask, { FORCE_COLOR: "1", NO_COLOR: "1" }).stdout).not.toContain(escape);
    expect(firn(["chekc"], { FORCE_COLOR: "1" }).stderr).toContain(`${escape}31merror`);
  });

  test("evaluates again, the same and without a warning, when what it kept is deleted", () => {
    const expected = { status: 0, stdout: "1536\n", stderr: "" };
    for (const round of ["first", "second"]) {
      rmSync(join(cache, "firn"), { recursive: true, force: true });
      expect(firn(["eval", "web", connections]), `${round}, nothing kept`).toEqual(expected);
      expect(readdirSync(join(cache, "firn")).length, "something is kept").toBeGreaterThan(0);
      expect(firn(["eval", "web", connections]), `${round}, kept`).toEqual(expected);
      expect(firn(["eval", "web", connections, "--fresh"]), `${round}, evaluated again`).toEqual(expected);
    }
  });
});
