import { existsSync } from "node:fs";
import { startGitDaemon } from "@firn/git/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flakeFiles, hostFiles, hostSource, moduleFiles, portModule } from "./flake-files.ts";
import { type KilledRun, type KilledWork, killAndRepeat, listContents, type Moment } from "./killed-run.ts";
import { ended, Machine } from "./machine.ts";

// Each run has a machine of its own, and fetches over a real server.

/** Moments at which each kind of work is killed; FIRN_KILLS sets another number. */
const moments = Number(process.env["FIRN_KILLS"] ?? 60);

/** How many runs there are at once. */
const workers = 4;

const hasStrace = existsSync("/usr/bin/strace");

const publisher = new Machine();
const machines: Machine[] = [publisher];
let server: Awaited<ReturnType<typeof startGitDaemon>>;
let works: Record<"lock" | "update" | "add", KilledWork>;

const asks = (name: string): object => ({ git: `${server.url}/${name}`, semver: "^1.0" });

function publish(name: string, version: string, inputs: object = {}): void {
  const source = portModule(name, Number(version.replaceAll(".", "")));
  publisher.commit(
    name,
    { ...flakeFiles(name, inputs), ...moduleFiles(`@acme/${name}`, source) },
    { tag: `v${version}` },
  );
}

/** Makes a machine with a flake of two inputs, one of which has an input. */
function makeFlake(inputs: object): Machine {
  const machine = new Machine();
  machines.push(machine);
  machine.writeAll("flake", {
    ...flakeFiles("mine", inputs, { transports: ["git"] }),
    ...hostFiles("shop", hostSource({ core: "@acme/core" }, {})),
  });
  return machine;
}

/** Finds out what a run gives that nobody kills. */
function workOf(template: Machine, args: readonly string[], like: Machine): KilledWork {
  const start = performance.now();
  like.done("flake", "firn", ...args);
  const milliseconds = performance.now() - start;
  return { template, args, milliseconds, contents: listContents(like.path("flake")) };
}

beforeAll(async () => {
  server = await startGitDaemon(publisher.folder);
  publish("log", "1.0.0");
  publish("core", "1.0.0", { log: asks("log") });
  publish("edge", "1.0.0");
  const both = { core: asks("core"), edge: asks("edge") };
  const [locked, again] = [makeFlake(both), makeFlake(both)];
  for (const machine of [locked, again]) machine.done("flake", "firn", "lock");
  publish("log", "1.1.0");
  publish("core", "1.1.0", { log: asks("log") });
  publish("edge", "1.1.0");
  const one = { core: asks("core") };
  const added = ["input", "add", "edge", `${server.url}/edge`, "--semver", "^1.0"];
  works = {
    lock: workOf(makeFlake(both), ["lock"], makeFlake(both)),
    update: workOf(locked, ["update"], again),
    add: workOf(makeFlake(one), added, makeFlake(one)),
  };
}, 120_000);

afterAll(async () => {
  await server.close();
  for (const machine of machines) machine.remove();
});

/** Does work once for each moment. */
async function killAt(work: KilledWork, all: readonly Moment[]): Promise<readonly KilledRun[]> {
  const waiting = [...all];
  const runs: KilledRun[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      runs.push(await killAndRepeat(work, next));
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return runs;
}

/** What is to come of runs: nothing that is wrong, and many of them were killed. */
const allWhole = { problems: [], wereKilled: true };

function judge(runs: readonly KilledRun[]): unknown {
  const killed = runs.filter(({ wasKilled }) => wasKilled);
  return { problems: runs.flatMap(({ problems }) => problems), wereKilled: killed.length > runs.length / 10 };
}

/** Moments over the whole of a run and somewhat longer, each at random in its part. */
function timesOver(count: number): readonly Moment[] {
  return Array.from({ length: count }, (_, index) => ({ at: "time", part: (1.2 * (index + Math.random())) / count }));
}

/** Both edges of the first calls of git. */
function callsOfGit(count: number): readonly Moment[] {
  return Array.from({ length: count }, (_, index) => [
    { at: "git", call: index + 1, edge: "before" } as const,
    { at: "git", call: index + 1, edge: "after" } as const,
  ]).flat();
}

/** Calls by which folders and files come, go and change. */
const changing = ["rename", "unlink", "symlink", "mkdir", "fsync", "link", "rmdir", "write"];

/** Texts that must be whole at any moment; whoever opened one to write it and was killed would leave it empty. */
const texts: readonly Moment[] = ["flake.yaml", "lockfile.json"].map((file) => ({
  at: "system",
  name: "write",
  call: 1,
  file,
}));

function callsOfSystem(count: number): readonly Moment[] {
  const calls = changing.flatMap((name) =>
    Array.from({ length: count }, (_, index) => ({ at: "system", name, call: index + 1 }) as const),
  );
  return [...calls, ...texts];
}

describe.each(["lock", "update", "add"] as const)("firn %s, killed", (name) => {
  const count = name === "add" ? Math.ceil(moments / 4) : moments;

  const options = { timeout: 600_000 };

  test("at random moments, leaves what the next run makes whole", options, async () => {
    expect(judge(await killAt(works[name], timesOver(Math.ceil(count / 3))))).toEqual(allWhole);
  });

  test("around each call of git, leaves what the next run makes whole", options, async () => {
    expect(judge(await killAt(works[name], callsOfGit(Math.ceil(count / 6))))).toEqual(allWhole);
  });

  test.skipIf(!hasStrace)("at what it does to files, leaves what the next run makes whole", options, async () => {
    expect(judge(await killAt(works[name], callsOfSystem(Math.ceil(count / 24))))).toEqual(allWhole);
  });
});

describe("several at once", () => {
  test("lock one flake, and all are right", { timeout: 60_000 }, async () => {
    const machine = makeFlake({ core: asks("core"), edge: asks("edge") });
    const children = [1, 2, 3].map(() => machine.startFirn("flake", { args: ["lock"] }));
    expect(await Promise.all(children.map(ended))).toEqual([0, 0, 0]);
    expect(listContents(machine.path("flake"))).toEqual(works.lock.contents);
  });

  test("lock flakes with one cache, and all are right", { timeout: 60_000 }, async () => {
    const cache = publisher.path("shared-cache");
    const flakes = [1, 2, 3].map(() => {
      const machine = new Machine({ cache });
      machines.push(machine);
      machine.writeAll("flake", {
        ...flakeFiles("mine", { core: asks("core"), edge: asks("edge") }, { transports: ["git"] }),
        ...hostFiles("shop", hostSource({ core: "@acme/core" }, {})),
      });
      return machine;
    });
    const children = flakes.map((machine) => machine.startFirn("flake", { args: ["lock"] }));
    expect(await Promise.all(children.map(ended))).toEqual([0, 0, 0]);
    for (const machine of flakes) expect(listContents(machine.path("flake"))).toEqual(works.lock.contents);
  });
});
