import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makeScratch, RawRepository } from "../src/testing.ts";
import { makeCertificate } from "./certificate.ts";
import { startGitDaemon } from "./git-daemon.ts";
import { startHttpGit } from "./http-git.ts";
import { hasSshd } from "./sshd.ts";
import { reachBySsh, type Reached } from "./ssh-reach.ts";
import { TestClient } from "./test-client.ts";

const account = { user: "ann", password: "open-sesame" };

const ways: Readonly<Record<string, (served: string) => Promise<Reached>>> = {
  file: async (served) => ({ url: `file://${served}`, client: new TestClient() }),
  git: async (served) => {
    const server = await startGitDaemon(served);
    onTestFinished(server.close);
    return { url: server.url, client: new TestClient() };
  },
  http: async (served) => {
    const server = await startHttpGit(served);
    onTestFinished(server.close);
    return { url: server.url, client: new TestClient() };
  },
  "https with a password": async (served) => {
    const tls = makeCertificate(makeScratch());
    const server = await startHttpGit(served, { account, tls });
    onTestFinished(server.close);
    const client = new TestClient({ GIT_SSL_CAINFO: tls.authorityPath });
    client.keepAccount(server.url, account);
    return { url: server.url, client };
  },
  ssh: (served) => reachBySsh(served),
};

// Without a server for ssh its tests fail where everything is tested, and are left out elsewhere.
const canRun = (way: string): boolean => way !== "ssh" || hasSshd() || process.env["CI"] !== undefined;
const names = Object.keys(ways);

function serve(): { readonly served: string; readonly repository: RawRepository } {
  const served = join(makeScratch(), "served");
  mkdirSync(served);
  return { served, repository: new RawRepository(join(served, "core")) };
}

async function reach(way: string, served: string): Promise<Reached> {
  const start = ways[way];
  if (start === undefined) throw new Error(`No way "${way}"`);
  return start(served);
}

describe.each(names)("over %s", { timeout: 30_000 }, (way) => {
  test.runIf(canRun(way))("listRefs and fetchTree give what is in the repository", async () => {
    const { served, repository } = serve();
    const files = { "flake.yaml": "name: core\n", "lockfile.json": "{}\n", "a.txt": "a\n" };
    const commit = repository.commitFiles(files);
    const tagObject = repository.tag("v1.0.0", commit);
    const tip = repository.commitFiles({ ...files, "a.txt": "b\n" });
    const byItself = new TestClient().open();
    const expected = (await byItself.fetchTree(repository.request(commit))).value;

    const { url, client } = await reach(way, served);
    const git = client.open();
    const source = { git: `${url}/core`, mirrors: [] };
    expect(await git.listRefs(source)).toEqual({
      value: { head: tip, branches: new Map([["main", tip]]), tags: new Map([["v1.0.0", { commit, tagObject }]]) },
      diagnostics: [],
    });
    const outcome = await git.fetchTree(repository.request(commit, { source }));
    expect(outcome).toEqual({ value: expected, diagnostics: [] });
    expect(expected).toMatchObject({ flakeFile: "name: core\n", lockFile: "{}\n" });
    await vi.waitUntil(() => client.findProcesses().length === 0, { timeout: 5000 });
  });

  test.runIf(canRun(way))("an empty repository has no refs, and one without its default branch no head", async () => {
    const { served, repository } = serve();
    const { url, client } = await reach(way, served);
    const source = { git: `${url}/core`, mirrors: [] };
    expect((await client.open().listRefs(source)).value).toEqual({ branches: new Map(), tags: new Map() });
    const commit = repository.commitFiles({ "a.txt": "a\n" });
    repository.ref("refs/heads/topic", commit);
    rmSync(join(repository.folder, "refs/heads/main"));
    expect((await client.open().listRefs(source)).value).toEqual({
      branches: new Map([["topic", commit]]),
      tags: new Map(),
    });
  });

  test.runIf(canRun(way))("a repository with ids of 64 digits is read", async () => {
    const { served } = serve();
    const long = new RawRepository(join(served, "long"), "sha256");
    const commit = long.commitFiles({ "flake.yaml": "name: long\n" });
    const { url, client } = await reach(way, served);
    const source = { git: `${url}/long`, mirrors: [] };
    expect((await client.open().listRefs(source)).value?.head).toBe(commit);
    const { value } = await client.open().fetchTree(long.request(commit, { source }));
    expect(value?.flakeFile).toBe("name: long\n");
  });
});

test.runIf(canRun("ssh"))(
  "a plain server for ssh, which knows only the first protocol, gives tips and what annotated tags lead to; of others it is said what to do",
  async () => {
    const { served, repository } = serve();
    const older = repository.commitFiles({ "a.txt": "a\n" });
    const tagged = repository.commitFiles({ "a.txt": "tagged\n" });
    repository.ref("refs/tags/v1.0.0", repository.tag("v1.0.0", tagged));
    const tip = repository.commitFiles({ "a.txt": "b\n" });
    const { url, client } = await reachBySsh(served, { acceptsProtocol: false });
    const source = { git: `${url}/core`, mirrors: [] };
    const git = client.open();
    expect((await git.listRefs(source)).value?.head).toBe(tip);
    expect(await git.fetchTree(repository.request(tip, { source }))).toMatchObject({ diagnostics: [] });
    expect(await git.fetchTree(repository.request(tagged, { source }))).toMatchObject({ diagnostics: [] });
    expect((await git.fetchTree(repository.request(older, { source }))).diagnostics).toMatchObject([
      { code: "missing-commit", fix: "Name another address under mirrors, or update the input" },
    ]);
  },
  30_000,
);

test("a shallow repository gives what it has, and of the rest it is said that it does not", async () => {
  const { served, repository } = serve();
  const parent = "12".repeat(20);
  const tree = repository.tree([["100644", "flake.yaml", repository.blob("name: cut\n")]]);
  const tip = repository.commit(tree, { parent });
  writeFileSync(join(repository.folder, "shallow"), `${tip}\n`);
  const { url, client } = await reach("git", served);
  const source = { git: `${url}/core`, mirrors: [] };
  const git = client.open();
  expect((await git.listRefs(source)).value?.head).toBe(tip);
  const { value } = await git.fetchTree(repository.request(tip, { source }));
  expect(value).toMatchObject({ tree, flakeFile: "name: cut\n" });
  const { diagnostics } = await git.fetchTree(repository.request(parent, { source }));
  expect(diagnostics).toMatchObject([
    {
      code: "missing-commit",
      message: `Cannot fetch the commit ${parent} of "${source.git}"`,
      fix: "Name another address under mirrors, or update the input",
    },
  ]);
});
