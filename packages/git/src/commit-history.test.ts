import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeScratch, openScratchGit, RawRepository } from "./testing.ts";

function makeHistory(folder: string): { repository: RawRepository; commits: readonly string[] } {
  const repository = new RawRepository(join(folder, "source"));
  const commits: string[] = [];
  for (const subject of ["one", "two", "thr\u001b[31mee", "four"]) {
    const parent = commits.at(-1);
    const tree = repository.tree([["100644", "flake.yaml", repository.blob(`name: ${commits.length}\n`)]]);
    commits.push(repository.commit(tree, { subject, ...(parent !== undefined && { parent }) }));
  }
  return { repository, commits };
}

test("listCommits counts the commits between two and lists the newest first, without control characters", async () => {
  const folder = makeScratch();
  const { repository, commits } = makeHistory(folder);
  const git = openScratchGit(folder);
  const source = { git: repository.url, mirrors: [] };
  const [from = "", , third, to = ""] = commits;
  const expected = {
    total: 3,
    isExact: true,
    commits: [
      { commit: to, subject: "four" },
      { commit: third, subject: "three" },
    ],
  };
  expect(await git.listCommits({ source, from, to, limit: 2 })).toEqual(expected);
  expect(await git.listCommits({ source, from, to, limit: 2 })).toEqual(expected);
  expect(await git.listCommits({ source, from: to, to: from, limit: 2 })).toEqual({
    total: 0,
    isExact: true,
    commits: [],
  });
});

test("listCommits gives undefined when it cannot find out", async () => {
  const folder = makeScratch();
  const { repository, commits } = makeHistory(folder);
  const git = openScratchGit(folder);
  const [from = ""] = commits;
  const gone = { git: `file://${folder}/none`, mirrors: [] };
  expect(await git.listCommits({ source: gone, from, to: from, limit: 2 })).toBeUndefined();
  const source = { git: repository.url, mirrors: [] };
  expect(await git.listCommits({ source, from, to: "1".repeat(40), limit: 2 })).toBeUndefined();
});

test("listCommits keeps what it downloads apart from where pins are read", async () => {
  const folder = makeScratch();
  const { repository, commits } = makeHistory(folder);
  const git = openScratchGit(folder);
  const [from = "", to = ""] = commits;
  await git.fetchTree(repository.request(to));
  await git.listCommits({ source: { git: repository.url, mirrors: [] }, from, to, limit: 2 });
  const root = join(folder, "cache", "git");
  const configs = readdirSync(root)
    .filter((name) => name.endsWith(".git"))
    .map((name) => [name.includes(".history."), readFileSync(join(root, name, "config"), "utf8").includes("promisor")]);
  expect(configs.toSorted()).toEqual([
    [false, false],
    [true, true],
  ]);
});

test("listCommits looks at some hundred commits, and says when there may be more", async () => {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const tree = repository.tree([["100644", "flake.yaml", repository.blob("name: long\n")]]);
  const commits = [repository.commit(tree)];
  while (commits.length < 620) commits.push(repository.commit(tree, { parent: commits.at(-1) ?? "" }));
  const source = { git: repository.url, mirrors: [] };
  const count = async (from: number): Promise<unknown> => {
    const git = openScratchGit(join(folder, `${from}`));
    const found = await git.listCommits({ source, from: commits[from] ?? "", to: commits.at(-1) ?? "", limit: 1 });
    return [found?.total, found?.isExact];
  };
  expect(await count(420)).toEqual([199, true]);
  expect(await count(0)).toEqual([500, false]);
});

test("listCommits gives up at its deadline", async () => {
  const folder = makeScratch();
  const { repository, commits } = makeHistory(folder);
  const bin = join(folder, "slow");
  mkdirSync(bin);
  writeFileSync(join(bin, "git"), "#!/bin/sh\nexec sleep 60\n", { mode: 0o755 });
  const environment = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: folder };
  const git = openScratchGit(folder, { environment });
  const source = { git: repository.url, mirrors: [] };
  const [from = "", to = ""] = commits;
  const start = Date.now();
  expect(await git.listCommits({ source, from, to, limit: 1, deadline: start + 300 })).toBeUndefined();
  expect(Date.now() - start).toBeLessThan(20_000);
  expect(await git.listCommits({ source, from, to, limit: 1, deadline: start })).toBeUndefined();
});
