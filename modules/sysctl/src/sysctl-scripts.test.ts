import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { restoreScript, setScript } from "./sysctl-scripts.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-sysctl-"));
  for (const below of ["state", "kernel/vm", "kernel/net/ipv4/conf/eth0.1"]) {
    mkdirSync(join(folder, below), { recursive: true });
  }
  writeFileSync(join(folder, "kernel/vm/swappiness"), "60\n");
  writeFileSync(join(folder, "kernel/vm/dirty_ratio"), "20\n");
  writeFileSync(join(folder, "kernel/net/ipv4/ports"), "4\t5\n");
  writeFileSync(join(folder, "kernel/net/ipv4/conf/eth0.1/forwarding"), "0\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(script: string): { status: number | null; stderr: string } {
  const env = { PATH: process.env["PATH"], FIRN_HOOK_STATE: join(folder, "state") };
  const { status, stderr } = spawnSync("sh", ["-c", script], { env, encoding: "utf8" });
  return { status, stderr };
}

function set(...lines: string[]): ReturnType<typeof run> {
  writeFileSync(join(folder, "file"), lines.map((line) => `${line}\n`).join(""));
  return run(setScript(join(folder, "file"), join(folder, "kernel")));
}

function read(parameter: string): string {
  return readFileSync(join(folder, "kernel", parameter), "utf8").trim();
}

describe("setScript", () => {
  test("sets parameters, those of interfaces with a dot too", () => {
    expect(set("net/ipv4/conf/eth0.1/forwarding = 1", "vm.swappiness = 10")).toEqual({ status: 0, stderr: "" });
    expect([read("vm/swappiness"), read("net/ipv4/conf/eth0.1/forwarding")]).toEqual(["10", "1"]);
  });

  test("gives a parameter its former value back that is no longer named", () => {
    set("vm.dirty_ratio = 5", "vm.swappiness = 10");
    set("vm.dirty_ratio = 6");
    expect([read("vm/swappiness"), read("vm/dirty_ratio")]).toEqual(["60", "6"]);
  });

  test("says which parameter the kernel does not take", () => {
    expect(set("wm.swappiness = 10")).toEqual({
      status: 1,
      stderr: 'The kernel does not take "wm.swappiness = 10"\n',
    });
  });
});

describe("restoreScript", () => {
  test("gives all parameters the values that they had before the first of several runs", () => {
    set("net.ipv4.ports = 1", "vm.swappiness = 10");
    set("net.ipv4.ports = 2", "vm.swappiness = 20");
    set("net.ipv4.ports = 2", "vm.dirty_ratio = 1");
    expect(run(restoreScript(join(folder, "kernel")))).toEqual({ status: 0, stderr: "" });
    expect([read("vm/swappiness"), read("vm/dirty_ratio"), read("net/ipv4/ports")]).toEqual(["60", "20", "4\t5"]);
    expect(readdirSync(join(folder, "state"))).toEqual([]);
  });

  test("leaves nothing behind after a run that failed", () => {
    set("vm.swappiness = 10", "wm.swappiness = 10");
    run(restoreScript(join(folder, "kernel")));
    expect([read("vm/swappiness"), readdirSync(join(folder, "state"))]).toEqual(["60", []]);
  });

  test("does nothing where nothing was set", () => {
    expect(run(restoreScript(join(folder, "kernel")))).toEqual({ status: 0, stderr: "" });
  });
});
