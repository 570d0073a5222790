import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { InputTree, Source } from "@firn/resolve";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makeScratch, RawRepository } from "../src/testing.ts";
import { type BadServer, startHangingServer, startResettingServer, startSlowServer } from "./bad-line.ts";
import { makeCertificate } from "./certificate.ts";
import { startEndlessServer } from "./endless-server.ts";
import { startGitDaemon } from "./git-daemon.ts";
import { startHttpGit } from "./http-git.ts";
import { startHttpServer } from "./http-server.ts";
import { type Lie, replaceId, startLyingServer } from "./lying-server.ts";
import { type Reached, reachBySsh } from "./ssh-reach.ts";
import { hasSshd } from "./sshd.ts";
import { TestClient } from "./test-client.ts";
import type { TestServer } from "./test-server.ts";

/** In milliseconds; far above what git needs on this machine to say its first word. */
const short = { idle: 1500, total: 30_000 };

interface Served {
  readonly served: string;
  readonly repository: RawRepository;
  /** Has a file of this many random bytes, which no compression makes fewer. */
  readonly commit: string;
  readonly truth: InputTree | undefined;
}

async function serve(bytes = 10): Promise<Served> {
  const served = join(makeScratch(), "served");
  mkdirSync(served);
  const repository = new RawRepository(join(served, "core"));
  const entries = [
    ["100644", "data", repository.blob(randomBytes(bytes))],
    ["100644", "flake.yaml", repository.blob("name: core\n")],
  ] as const;
  const commit = repository.commit(repository.tree(entries));
  const truth = (await new TestClient().open().fetchTree(repository.request(commit))).value;
  expect(truth?.flakeFile).toBe("name: core\n");
  return { served, repository, commit, truth };
}

function closing<Server extends TestServer>(server: Server): Server {
  onTestFinished(() => server.close());
  return server;
}

type Start = (served: string, trouble: (server: TestServer) => Promise<BadServer>) => Promise<Reached & BadServer>;

/** Servers behind a bad line, and users who would be let in. */
const ways: Readonly<Record<string, Start>> = {
  git: async (served, trouble) => {
    const bad = closing(await trouble(closing(await startGitDaemon(served))));
    return { ...bad, client: new TestClient() };
  },
  http: async (served, trouble) => {
    const bad = closing(await trouble(closing(await startHttpGit(served))));
    return { ...bad, client: new TestClient() };
  },
  https: async (served, trouble) => {
    const tls = makeCertificate(makeScratch());
    const bad = closing(await trouble(closing(await startHttpGit(served, { tls }))));
    return { ...bad, client: new TestClient({ GIT_SSL_CAINFO: tls.authorityPath }) };
  },
  ssh: async (served, trouble) => {
    const { server, ssh, client } = await reachBySsh(served);
    const bad = closing(await trouble(server));
    ssh.trust(bad.url, server.hostKey);
    return { ...bad, client };
  },
};

// Without a server for ssh its tests fail where everything is tested, and are left out elsewhere.
const present = Object.entries(ways).filter(([way]) => way !== "ssh" || hasSshd() || process.env["CI"] !== undefined);

const silent = {
  code: "fetch-failed",
  why: expect.arrayContaining(["The server said nothing for too long"]),
  fix: "Try again, or name another address under mirrors",
};
const brokenOff = { ...silent, why: expect.arrayContaining(["The connection broke off"]) };
const tooSlow = { ...silent, why: expect.arrayContaining(["The server took too long altogether"]) };

interface Trial {
  readonly way: string;
  readonly bad: Reached & BadServer;
  readonly source: Source;
}

/** Puts trouble before a server of each kind. */
async function startAll(world: Served, trouble: (server: TestServer) => Promise<BadServer>): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const [way, start] of present) {
    const bad = await start(world.served, trouble);
    trials.push({ way, bad, source: { git: `${bad.url}/core`, mirrors: [] } });
  }
  return trials;
}

/** Makes an object of what is true for each kind of server, for comparisons that say which one it was. */
function forEach<Value>(value: Value): Record<string, Value> {
  return Object.fromEntries(present.map(([way]) => [way, value]));
}

async function askAll<Value>(trials: readonly Trial[], ask: (trial: Trial) => Promise<Value>): Promise<unknown> {
  return Object.fromEntries(await Promise.all(trials.map(async (trial) => [trial.way, await ask(trial)])));
}

/** Once the server is good, the same cache gives the truth. */
async function isIntact(bad: BadServer & Reached, { repository, commit, truth }: Served): Promise<boolean> {
  bad.mend();
  const source = { git: `${bad.url}/core`, mirrors: [] };
  const git = bad.client.open();
  const list = await git.listRefs(source);
  const request = repository.request(commit, { source });
  const found = await git.fetchTree(request);
  const verified = await git.verify(request, truth?.integrity ?? "");
  expect([list.value?.branches.get("main"), found, verified]).toEqual([commit, good(truth), good(truth)]);
  return true;
}

function good<Value>(value: Value): { readonly value: Value; readonly diagnostics: readonly [] } {
  return { value, diagnostics: [] };
}

async function waitForEnd({ bad }: { readonly bad: Reached }, timeout = 5000): Promise<boolean> {
  return vi.waitUntil(() => bad.client.findProcesses().length === 0, { timeout });
}

describe("over every transport", { timeout: 60_000 }, () => {
  test("a server that hangs is left after a time, and nothing is changed", async () => {
    const world = await serve();
    const trials = await startAll(world, startHangingServer);
    const said = await askAll(trials, async ({ bad, source }) => {
      const git = bad.client.open(short);
      const request = world.repository.request(world.commit, { source });
      const outcomes = await Promise.all([git.listRefs(source), git.fetchTree(request)]);
      return outcomes.flatMap(({ diagnostics }) => diagnostics);
    });
    expect(said).toMatchObject(forEach([silent, silent]));
    expect(await askAll(trials, ({ bad }) => isIntact(bad, world))).toEqual(forEach(true));
  });

  test("a server that hangs leaves no process behind", async () => {
    const trials = await startAll(await serve(), startHangingServer);
    await askAll(trials, ({ bad, source }) => bad.client.open(short).listRefs(source));
    expect(await askAll(trials, (trial) => waitForEnd(trial, 2000))).toEqual(forEach(true));
  });

  test("a server that breaks off half-way leaves nothing half-done, and no process", async () => {
    const world = await serve(400_000);
    const trials = await startAll(world, (server) => startResettingServer(server, 100_000));
    const said = await askAll(trials, async ({ bad, source }) => {
      const request = world.repository.request(world.commit, { source });
      const { diagnostics } = await bad.client.open().fetchTree(request);
      return { diagnostics, isCached: bad.client.open().isCached(request) };
    });
    expect(said).toMatchObject(forEach({ diagnostics: [brokenOff], isCached: false }));
    expect(await askAll(trials, (trial) => waitForEnd(trial))).toEqual(forEach(true));
    expect(await askAll(trials, ({ bad }) => isIntact(bad, world))).toEqual(forEach(true));
  });

  test("a server that takes too long altogether is left, and nothing is changed", async () => {
    const world = await serve(400_000);
    const trials = await startAll(world, (server) => startSlowServer(server, 10_000));
    const said = await askAll(trials, async ({ bad, source }) => {
      const git = bad.client.open({ idle: 30_000, total: 2000 });
      return (await git.fetchTree(world.repository.request(world.commit, { source }))).diagnostics;
    });
    expect(said).toMatchObject(forEach([tooSlow]));
    expect(await askAll(trials, ({ bad }) => isIntact(bad, world))).toEqual(forEach(true));
  });
});

describe("listRefs and fetchTree", { timeout: 30_000 }, () => {
  test("wait for a slow server while it goes on", async () => {
    const world = await serve(40_000);
    const slow = closing(await startSlowServer(closing(await startGitDaemon(world.served)), 40_000));
    const source = { git: `${slow.url}/core`, mirrors: [] };
    const git = new TestClient().open({ idle: 20_000 });
    expect(await git.fetchTree(world.repository.request(world.commit, { source }))).toEqual(good(world.truth));
  });

  test("go on with a mirror when a server hangs", async () => {
    const world = await serve();
    const bad = closing(await startHangingServer(closing(await startGitDaemon(world.served))));
    const source = { git: `${bad.url}/core`, mirrors: [world.repository.url] };
    const git = new TestClient().open(short);
    expect((await git.listRefs(source)).value?.head).toBe(world.commit);
    expect(await git.fetchTree(world.repository.request(world.commit, { source }))).toEqual(good(world.truth));
  });
});

const noGit = {
  ...silent,
  why: expect.arrayContaining(["The answer of the server is not one of git's, or was changed on its way"]),
};

const nowhere = "12".repeat(20);

/** What a server says, and what comes of asking it for its list and for the commit. */
interface LyingCase {
  readonly lie: (ids: { readonly commit: string; readonly other: string }) => Lie;
  readonly list?: object;
  readonly tree?: object;
}

const lies: Readonly<Record<string, LyingCase>> = {
  "lists another commit for a branch": {
    lie: ({ commit, other }) => ({ list: (all) => replaceId(all, commit, other) }),
  },
  "lists in no form of git's": { lie: () => ({ list: () => Buffer.from("zzzz") }), list: noGit },
  "lists names that steer the terminal": {
    lie: () => ({
      list: (all) => Buffer.from(all.toString("latin1").replace("refs/heads/main", "refs/heads/\u001b[2J"), "latin1"),
    }),
  },
  "sends another commit than is asked for": {
    lie: ({ commit, other }) => ({ asked: (all) => replaceId(all, commit, other) }),
    tree: { code: "bad-input-tree" },
  },
  "sends objects with a bit flipped": {
    lie: () => ({
      objects: (all) => {
        const flipped = Buffer.from(all);
        // The last byte of how many objects follow. Elsewhere may stand progress, or bytes that fail in many ways.
        const place = flipped.indexOf("PACK") + 11;
        flipped[place] = (flipped[place] ?? 0) ^ 4;
        return flipped;
      },
    }),
    tree: noGit,
  },
  "sends nothing where objects should be": {
    lie: () => ({ objects: () => Buffer.alloc(0) }),
    tree: noGit,
  },
};

describe("a server that", { timeout: 20_000 }, () => {
  test.each(Object.entries(lies))("%s changes nothing that is pinned", async (_title, { lie, list, tree }) => {
    const world = await serve();
    const other = world.repository.commit(world.repository.tree([]));
    world.repository.ref("refs/heads/main", world.commit);
    world.repository.ref("refs/heads/other", other);
    const bad = closing(await startLyingServer(world.served, lie({ commit: world.commit, other })));
    const client = new TestClient();
    const git = client.open(short);
    const source = { git: `${bad.url}/core`, mirrors: [] };
    const said = await git.listRefs(source);
    const found = await git.fetchTree(world.repository.request(world.commit, { source }));
    expect(said.diagnostics).toMatchObject(list === undefined ? [] : [list]);
    // What steers a terminal is in no name that is given on.
    expect([...(said.value?.branches.keys() ?? [])].join()).not.toContain("\u001b");
    expect(found.diagnostics).toMatchObject(tree === undefined ? [] : [tree]);
    expect(await isIntact({ ...bad, client }, world)).toBe(true);
  });

  test("lists another commit for a tag is caught by what the pin knows of the tree", async () => {
    const world = await serve();
    const other = world.repository.commit(world.repository.tree([]));
    world.repository.ref("refs/heads/main", world.commit);
    world.repository.ref("refs/tags/v1.0.0", world.commit);
    world.repository.ref("refs/heads/other", other);
    const lie = { list: (all: Buffer): Buffer => replaceId(all, world.commit, other) };
    const bad = closing(await startLyingServer(world.served, lie));
    const client = new TestClient();
    const source = { git: `${bad.url}/core`, mirrors: [] };
    const git = client.open();
    const { value } = await git.listRefs(source);
    expect(value?.tags).toEqual(new Map([["v1.0.0", { commit: other }]]));
    const claimed = await git.verify(world.repository.request(other, { source }), world.truth?.integrity ?? "");
    expect(claimed.diagnostics).toMatchObject([{ code: "integrity-mismatch" }]);
    expect(await isIntact({ ...bad, client }, world)).toBe(true);
  });

  test("lists a commit that is not there is told apart from a good one", async () => {
    const world = await serve();
    const bad = closing(await startLyingServer(world.served, { list: (all) => replaceId(all, world.commit, nowhere) }));
    const client = new TestClient();
    const git = client.open();
    const source = { git: `${bad.url}/core`, mirrors: [] };
    expect((await git.listRefs(source)).value?.head).toBe(nowhere);
    expect((await git.fetchTree(world.repository.request(nowhere, { source }))).diagnostics).toMatchObject([
      { code: "missing-commit", fix: "Name another address under mirrors, or update the input" },
    ]);
    expect(await isIntact({ ...bad, client }, world)).toBe(true);
  });

  test("lists tags without end is left before git has filled the memory with them", async () => {
    const world = await serve();
    const bad = closing(await startEndlessServer(world.served));
    const client = new TestClient();
    const { diagnostics } = await client.open().listRefs({ git: `${bad.url}/core`, mirrors: [] });
    expect(diagnostics).toMatchObject([
      { code: "input-too-large", why: expect.arrayContaining(["The server said more than any honest one does"]) },
    ]);
    await vi.waitUntil(() => client.findProcesses().length === 0, { timeout: 5000 });
  }, 60_000);

  test("is none of git's is said to be none", async () => {
    const page = closing(
      await startHttpServer((_request, response) => void response.end("<html>\n<h1>Log in</h1>\n</html>\n")),
    );
    const { diagnostics } = await new TestClient().open().listRefs({ git: `${page.url}/core`, mirrors: [] });
    expect(diagnostics).toMatchObject([
      { code: "fetch-failed", why: expect.arrayContaining(["The repository is not there, or only for others"]) },
    ]);
  });
});
