import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { first, large } from "./definitions.ts";
import { listStore } from "./machine-tree.ts";
import { firnEnvironment, firnWords, runFirn, type Said, writeFlake } from "./switched-host.ts";

const timeout = 120_000;

describe("firn, several times at once", () => {
  let folder = "";
  const at = (name: string): string => join(folder, name);

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-at-once-")));
    mkdirSync(at("machine"));
    for (const [name, definitions] of Object.entries({ first, large })) {
      writeFlake(at(name), definitions);
      runFirn(at(name), "eval", "web", "--json");
    }
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function start(flake: string, ...args: readonly string[]): Promise<Said> {
    const [program = "", ...words] = firnWords(...args, "--root", at("machine"));
    const child = spawn(program, words, {
      cwd: at(flake),
      env: firnEnvironment(folder),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return { status: child.exitCode, text: out + err };
  }

  async function repeat(times: number, work: () => Promise<Said>): Promise<Said[]> {
    const all: Said[] = [];
    for (let count = 0; count < times; count++) all.push(await work());
    return all;
  }

  const failed = (all: readonly Said[]): string[] => all.filter(({ status }) => status !== 0).map((each) => each.text);
  const verify = (): Said => runFirn(at("first"), "store", "verify", "--root", at("machine"));

  test("builds of the same and of another are right", { timeout }, async () => {
    const all = await Promise.all(["first", "large", "large", "first"].map((flake) => start(flake, "build", "web")));
    expect(failed(all)).toEqual([]);
    const made = listStore(at("machine"));
    expect(verify().status).toBe(0);
    rmSync(at("machine"), { recursive: true });
    mkdirSync(at("machine"));
    for (const flake of ["first", "large"]) runFirn(at(flake), "build", "web", "--root", at("machine"));
    expect(made).toEqual(listStore(at("machine")));
  });

  test("builds, while what they build is collected, are right or there no more", { timeout }, async () => {
    const builds = repeat(4, () => start("large", "build", "web"));
    const others = repeat(4, () => start("first", "build", "web"));
    const collections = repeat(8, () => start("first", "gc"));
    expect(failed((await Promise.all([builds, others, collections])).flat())).toEqual([]);
    expect(verify()).toMatchObject({ status: 0 });
  });
});
