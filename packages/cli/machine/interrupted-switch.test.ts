import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listMachine } from "./machine-tree.ts";
import { firnEnvironment, firnWords, putThings, runFirn, type Said, writeFlake } from "./switched-host.ts";

const timeout = 60_000;
const state = "machine/var/lib/firn";

/** A switch that is under way, and waits until it is told to go on. */
interface UnderWay {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly ended: Promise<Said>;
}

describe("firn switch, in the middle", () => {
  let folder = "";
  let before: readonly string[] = [];
  const children: ChildProcess[] = [];
  const at = (name: string): string => join(folder, name);
  const args = ["switch", "web", "--take-over", "--root"];
  const switchAgain = (): Said => runFirn(at("flake"), ...args, at("machine"));
  const listEtc = (): string[] => listMachine(at("machine")).filter((line) => line.startsWith("etc"));

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-interrupted-")));
    putThings(at("machine"), {
      "/etc/passwd": { what: "root:x:0:0::/root:/bin/sh\n" },
      "/etc/motd": { what: "mine\n" },
    });
    writeFlake(at("flake"), {
      environment: { etc: { motd: { text: "ours\n" }, more: { text: "real\n", mode: "0600" } } },
    });
    for (const name of ["started", "continue"]) spawnSync("mkfifo", [at(name)]);
    mkdirSync(at("bin"));
    // The script wants to be on disk what it made ready, and what it changed before that is proved.
    const isThere = `[ -d '${at(state)}/journal' ] && { [ -L '${at("machine/etc/motd")}' ] || [ -e '${at("early")}' ]; }`;
    const wait = `rm -f '${at("early")}'; echo started > '${at("started")}'; read -r line < '${at("continue")}'`;
    writeFileSync(
      at("bin/sync"),
      `#!/bin/sh\nif [ ! -e '${at("waited")}' ] && ${isThere}; then : > '${at("waited")}'; ${wait}; fi\n`,
    );
    chmodSync(at("bin/sync"), 0o755);
    before = listEtc();
  });

  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  function startProgram(words: readonly string[], environment: NodeJS.ProcessEnv): UnderWay {
    const [program = "", ...rest] = words;
    const child = spawn(program, rest, {
      cwd: at("flake"),
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    children.push(child);
    const said = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    const ended = said.then(([out, err]) => ({ status: child.exitCode, text: out + err }));
    return { child, pid: child.pid ?? 0, ended };
  }

  /** Starts a switch, and waits until it is in the middle. */
  async function start(): Promise<UnderWay> {
    const { FIRN_NO_SYNC: _, ...environment } = firnEnvironment(folder);
    const underWay = startProgram(firnWords(...args, at("machine")), {
      ...environment,
      PATH: `${at("bin")}:${environment["PATH"]}`,
    });
    const isWaiting = startProgram(["cat", at("started")], environment).ended;
    const first = await Promise.race([underWay.ended, isWaiting]);
    expect(first).toEqual({ status: 0, text: "started\n" });
    return underWay;
  }

  const goOn = (): void => writeFileSync(at("continue"), "\n");

  test("keeps a second one out, and tells it who is at work", { timeout }, async () => {
    const { ended, pid } = await start();
    const second = switchAgain();
    expect(second.status).toBe(1);
    expect(second.text).toContain("switch-locked");
    expect(second.text).toContain(`is held by process ${pid}: firn switch web`);
    goOn();
    expect((await ended).status).toBe(0);
    expect(readFileSync(at("machine/etc/motd"), "utf8")).toBe("ours\n");
  });

  test.each([["SIGINT"], ["SIGTERM"], ["SIGHUP"]] as const)(
    "goes back when all of it gets %s",
    { timeout },
    async (signal) => {
      const { ended, pid } = await start();
      process.kill(-pid, signal);
      const { status, text: said } = await ended;
      expect(said).toContain("the machine is what it was before");
      expect(status).toBe(3);
      expect(listEtc()).toEqual(before);
      expect(existsSync(at(`${state}/journal`))).toBe(false);
    },
  );

  test("goes on when only firn itself is killed, and keeps others out until it is done", { timeout }, async () => {
    writeFileSync(at("early"), "");
    const { child } = await start();
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
    expect(switchAgain().text).toContain("switch-locked");
    goOn();
    spawnSync("flock", [at(`${state}/lock`), "true"]);
    expect(existsSync(at(`${state}/journal`))).toBe(false);
    expect(switchAgain()).toMatchObject({ status: 0, text: expect.stringMatching(/Nothing to do\n$/) });
  });

  test("is taken back by the next when all of it is killed", { timeout }, async () => {
    const { ended, pid } = await start();
    process.kill(-pid, "SIGKILL");
    await ended;
    expect(runFirn(at("flake"), "status", "--root", at("machine")).text).toContain("was interrupted");
    const { status, text: said } = switchAgain();
    expect(said).toContain("An earlier switch was interrupted; it was taken back first");
    expect(status).toBe(0);
    expect(readFileSync(at("machine/etc/motd"), "utf8")).toBe("ours\n");
  });
});
