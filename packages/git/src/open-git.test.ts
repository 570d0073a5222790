import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { hashWithNix, makeScratch, openScratchGit, RawRepository, recordGit } from "./testing.ts";

function makeRepository(folder: string, name = "source"): { repository: RawRepository; commit: string } {
  const repository = new RawRepository(join(folder, name));
  const inner = repository.tree([
    ["100644", "c.txt", repository.blob("hello")],
    ["100644", "empty", repository.blob("")],
  ]);
  const sub = repository.tree([
    ["40000", "b", inner],
    ["120000", "link", repository.blob("b/c.txt")],
    ["100755", "run.sh", repository.blob("#!/bin/sh\n")],
  ]);
  const root = repository.tree([
    ["40000", "a", sub],
    ["100644", "flake.yaml", repository.blob("name: x\n")],
    ["100644", "lockfile.json", repository.blob("{}\n")],
    ["40000", "node_modules", inner],
    ["100644", "\u00e9\nnewline", repository.blob("odd")],
    ["100644", "\uff5e", repository.blob("one")],
    ["100644", "\u{1f600}", repository.blob("two")],
  ]);
  return { repository, commit: repository.commit(root) };
}

describe("listRefs", () => {
  test("gives the default branch, branches, and tags with the commits that they lead to", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const tagObject = repository.tag("v1.0.0", commit);
    repository.ref("refs/tags/light", commit);
    repository.ref("refs/heads/topic/one", commit);
    repository.ref("refs/other/x", commit);
    const { value, diagnostics } = await openScratchGit(folder).listRefs({ git: repository.url, mirrors: [] });
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({
      head: commit,
      branches: new Map([
        ["main", commit],
        ["topic/one", commit],
      ]),
      tags: new Map([
        ["light", { commit }],
        ["v1.0.0", { commit, tagObject }],
      ]),
    });
  });

  test("gives an empty repository as empty", async () => {
    const folder = makeScratch();
    const repository = new RawRepository(join(folder, "source"));
    const { value } = await openScratchGit(folder).listRefs({ git: repository.url, mirrors: [] });
    expect(value).toEqual({ branches: new Map(), tags: new Map() });
  });

  test("asks the mirrors in their order, and names every address when none answers", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const git = openScratchGit(folder);
    const gone = `file://${folder}/gone`;
    const { value } = await git.listRefs({ git: gone, mirrors: [`${gone}2`, repository.url] });
    expect(value?.head).toBe(commit);
    const { diagnostics } = await git.listRefs({ git: gone, mirrors: [`${gone}2`] });
    expect(diagnostics).toMatchObject([
      { code: "fetch-failed", message: `Cannot list the tags and branches of "${gone}"` },
    ]);
    expect(diagnostics[0]?.why).toContain(`${gone}: The repository is not there, or only for others`);
    expect(diagnostics[0]?.why).toContain(`${gone}2: The repository is not there, or only for others`);
  });

  test("asks a server once, and again after a failure", async () => {
    const folder = makeScratch();
    const { path, notes } = recordGit(folder);
    const git = openScratchGit(folder, { environment: { PATH: path } });
    const source = { git: `file://${folder}/source`, mirrors: [] };
    expect((await git.listRefs(source)).value).toBeUndefined();
    makeRepository(folder);
    const [one, other] = await Promise.all([git.listRefs(source), git.listRefs(source)]);
    expect(one.value).toBe(other.value);
    expect(readFileSync(notes, "utf8").match(/^ls-remote/gm)).toHaveLength(2);
  });
});

describe("fetchTree", () => {
  test("gives the tree, the integrity that nix computes, and the texts of the flake", async ({ skip }) => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const { value, diagnostics } = await openScratchGit(folder).fetchTree(repository.request(commit));
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject({ flakeFile: "name: x\n", lockFile: "{}\n" });
    const checkout = join(folder, "checkout");
    mkdirSync(checkout);
    execFileSync("git", [
      "--git-dir",
      repository.folder,
      "--work-tree",
      checkout,
      "checkout",
      "-q",
      "-f",
      commit,
      "--",
      ".",
    ]);
    const expected = hashWithNix(checkout);
    skip(expected === undefined && process.env["CI"] === undefined, "nix-hash is not installed");
    expect(value?.integrity).toBe(expected);
  });

  test("gives a folder by itself", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const git = openScratchGit(folder);
    const { value } = await git.fetchTree(repository.request(commit, { dir: "a/b" }));
    const expected = repository.tree([
      ["100644", "c.txt", repository.blob("hello")],
      ["100644", "empty", repository.blob("")],
    ]);
    expect(value?.tree).toBe(expected);
    const other = new RawRepository(join(folder, "other"));
    const alone = other.commit(
      other.tree([
        ["100644", "c.txt", other.blob("hello")],
        ["100644", "empty", other.blob("")],
      ]),
    );
    expect((await git.fetchTree(other.request(alone))).value?.integrity).toBe(value?.integrity);
    const { diagnostics } = await git.fetchTree(repository.request(commit, { dir: "a/none" }));
    expect(diagnostics).toMatchObject([
      { code: "bad-input-tree", why: [`The repository has no folder "a/none" at the commit ${commit}`] },
    ]);
  });

  test("takes two processes when cold and none when warm", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const { path, notes } = recordGit(folder);
    const environment = { PATH: path };
    const request = repository.request(commit);
    const cold = openScratchGit(folder, { environment });
    expect(cold.isCached(request)).toBe(false);
    const { value } = await cold.fetchTree(request);
    const calls = readFileSync(notes, "utf8")
      .split("\n")
      .filter((line) => /^(?:cat-file|fetch|ls-remote)/.test(line));
    expect(calls.toSorted()).toEqual([
      "cat-file --batch-command",
      `fetch --depth=1 --no-tags --no-write-fetch-head --no-recurse-submodules --no-auto-maintenance --progress -- ${repository.url} ${commit}`,
    ]);
    rmSync(notes);
    const warm = openScratchGit(folder, { environment });
    expect(warm.isCached(request)).toBe(true);
    expect((await warm.fetchTree(request)).value).toEqual(value);
    expect(existsSync(notes)).toBe(false);
  });

  test("fetches many commits of one repository at once, also from two caches in one place", async () => {
    const folder = makeScratch();
    const repository = new RawRepository(join(folder, "source"));
    const commits = Array.from({ length: 6 }, (_, index) =>
      repository.commitFiles({ "flake.yaml": `name: n${index}\n` }),
    );
    const gits = [openScratchGit(folder), openScratchGit(folder)];
    const outcomes = await Promise.all(
      gits.flatMap((git) => commits.map((commit) => git.fetchTree(repository.request(commit)))),
    );
    expect(outcomes.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(outcomes.map(({ value }) => value?.flakeFile)).toEqual(
      [...commits, ...commits].map((_, index) => `name: n${index % 6}\n`),
    );
  });

  test("fetches commits with ids of 64 digits", async () => {
    const folder = makeScratch();
    const repository = new RawRepository(join(folder, "source"), "sha256");
    const commit = repository.commitFiles({ "flake.yaml": "name: long\n" });
    const git = openScratchGit(folder);
    expect((await git.listRefs({ git: repository.url, mirrors: [] })).value?.head).toBe(commit);
    const { value } = await git.fetchTree(repository.request(commit));
    expect(value?.flakeFile).toBe("name: long\n");
    expect(value?.tree).toHaveLength(64);
  });

  test("takes a commit that the first address lacks from a mirror, and names all that lack it", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const other = new RawRepository(join(folder, "other"));
    other.commitFiles({ a: "b" });
    const git = openScratchGit(folder);
    const source = { git: other.url, mirrors: [repository.url] };
    const { value, diagnostics } = await git.fetchTree({ ...repository.request(commit), source });
    expect(diagnostics).toEqual([]);
    expect(value?.flakeFile).toBe("name: x\n");
    const missing = "1".repeat(40);
    const lacking = await git.fetchTree({ ...repository.request(missing), source });
    expect(lacking.diagnostics).toMatchObject([
      { code: "missing-commit", message: `Cannot fetch the commit ${missing} of "${other.url}"` },
    ]);
    expect(lacking.diagnostics[0]?.why?.join("\n")).toContain(repository.url);
  });

  test("refuses the id of a tag as a commit", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const tagObject = repository.tag("v1", commit);
    const { diagnostics } = await openScratchGit(folder).fetchTree(repository.request(tagObject));
    expect(diagnostics).toMatchObject([{ code: "missing-commit" }]);
  });

  test("says in terms of the user that there is no git", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const git = openScratchGit(folder, { environment: { PATH: join(folder, "nothing") } });
    const { diagnostics } = await git.fetchTree(repository.request(commit));
    expect(diagnostics).toMatchObject([{ code: "fetch-failed", fix: "Install git 2.36 or later" }]);
  });

  test("says that git is too old, and keeps the cache", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    mkdirSync(join(folder, "bin"));
    writeFileSync(join(folder, "bin", "git"), "#!/bin/sh\necho 'error: unknown option `batch-command' >&2\nexit 129\n");
    chmodSync(join(folder, "bin", "git"), 0o755);
    const git = openScratchGit(folder, { environment: { PATH: `${folder}/bin:${process.env["PATH"] ?? ""}` } });
    const { diagnostics } = await git.fetchTree(repository.request(commit));
    expect(diagnostics).toMatchObject([{ code: "fetch-failed", why: ["git is older than 2.36"] }]);
  });

  test("says why the cache cannot be used", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    writeFileSync(join(folder, "file"), "");
    const git = openScratchGit(folder, { cacheDirectory: join(folder, "file", "below") });
    const { diagnostics } = await git.fetchTree(repository.request(commit));
    expect(diagnostics).toMatchObject([{ code: "fetch-failed", message: "Cannot use the cache of inputs" }]);
  });

  test.each(["idle", "total"] as const)("stops at a server that says nothing: %s", async (limit) => {
    const folder = makeScratch();
    const server = createServer(() => {});
    onTestFinished(() => void server.close());
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(Number(Object(server.address()).port)));
    });
    server.on("connection", (socket) => onTestFinished(() => void socket.destroy()));
    const git = openScratchGit(folder, { timeouts: { [limit]: 200 } });
    const { diagnostics } = await git.listRefs({ git: `git://127.0.0.1:${port}/x`, mirrors: [] });
    expect(diagnostics).toMatchObject([
      { code: "fetch-failed", fix: "Try again, or name another address under mirrors" },
    ]);
    expect(diagnostics[0]?.why?.[0]).toMatch(/too long/);
  });

  test("tells what goes on", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const stages = new Set<string>();
    const git = openScratchGit(folder, { onProgress: ({ url, stage }) => stages.add(`${stage} ${url}`) });
    await git.fetchTree(repository.request(commit));
    expect([...stages]).toEqual([`fetch ${repository.url}`]);
  });
});

describe("exportTree", () => {
  test("writes files with their modes and links, and leaves out node_modules", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const git = openScratchGit(folder);
    const request = repository.request(commit);
    const integrity = (await git.fetchTree(request)).value?.integrity ?? "";
    const into = join(folder, "deep", "out");
    expect((await git.exportTree({ ...request, integrity }, into)).diagnostics).toEqual([]);
    expect(readdirSync(into)).toEqual(["a", "flake.yaml", "lockfile.json", "\u00e9\nnewline", "\uff5e", "\u{1f600}"]);
    expect(readFileSync(join(into, "a/b/c.txt"), "utf8")).toBe("hello");
    expect(readlinkSync(join(into, "a/link"))).toBe("b/c.txt");
    expect(lstatSync(join(into, "a/run.sh")).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(into, "flake.yaml")).mode & 0o777).toBe(0o644);
    expect(readdirSync(join(folder, "deep"))).toEqual(["out"]);
  });

  test("writes nothing when the integrity is another", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const integrity = `sha256-${"A".repeat(43)}=`;
    const { value, diagnostics } = await openScratchGit(folder).exportTree(
      { ...repository.request(commit), integrity },
      join(folder, "x", "out"),
    );
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "integrity-mismatch" }]);
    expect(diagnostics[0]?.why?.[0]).toBe(`The lock says ${integrity}`);
    expect(readdirSync(join(folder, "x"))).toEqual([]);
  });

  test("leaves alone what is there, and removes what a killed export left", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const git = openScratchGit(folder);
    const request = repository.request(commit);
    const integrity = (await git.fetchTree(request)).value?.integrity ?? "";
    const into = join(folder, "x", "out");
    mkdirSync(join(folder, "x", "out.999999999.00000000-0000-0000-0000-000000000000.tmp"), { recursive: true });
    mkdirSync(into);
    writeFileSync(join(into, "mine"), "");
    expect((await git.exportTree({ ...request, integrity }, into)).diagnostics).toEqual([]);
    expect(readdirSync(join(folder, "x"))).toEqual(["out"]);
    expect(readdirSync(into)).toEqual(["mine"]);
  });
});

describe("verify", () => {
  test("reads again what is kept, and notices a change in the cache", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRepository(folder);
    const git = openScratchGit(folder);
    const request = repository.request(commit);
    const { value } = await git.fetchTree(request);
    expect((await git.verify(request, value?.integrity ?? "")).value).toEqual(value);
    expect((await git.verify(request, "sha256-other")).diagnostics).toMatchObject([{ code: "integrity-mismatch" }]);
  });
});
