import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  chmodSync,
  mkdirSync,
} from "node:fs";
import { randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makeScratch, openScratchGit, RawRepository } from "./testing.ts";

/** A cache that holds the first of two commits, and the repository of it. */
async function fill(): Promise<{
  folder: string;
  repository: RawRepository;
  commits: [string, string];
  cache: string;
  facts: string;
}> {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const commits: [string, string] = [
    repository.commitFiles({ "flake.yaml": "name: one\n" }),
    repository.commitFiles({ "flake.yaml": "name: two\n" }),
  ];
  await openScratchGit(folder).fetchTree(repository.request(commits[0]));
  const root = join(folder, "cache", "git");
  const [cache = ""] = readdirSync(root).filter((name) => name.endsWith(".git"));
  return { folder, repository, commits, cache: join(root, cache), facts: join(root, `${cache}.facts`) };
}

function startSleeper(): ChildProcess {
  const child = spawn("sleep", ["600"], { stdio: "ignore" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

function lockText(pid: number | undefined, start?: string): string {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return JSON.stringify({
    pid,
    start: start ?? stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19],
    host: hostname(),
  });
}

describe("what a killed process leaves", () => {
  test("locks, unfinished packs and repositories: the next download removes them", async () => {
    const { folder, repository, commits, cache } = await fill();
    const remains = ["shallow.lock", "config.lock", "objects/pack/tmp_pack_abc", "objects/tmp_objdir-1"].map((name) =>
      join(cache, name),
    );
    remains.push(`${cache}.999999999.01234567-89ab-cdef-0123-456789abcdef.tmp`);
    for (const path of remains) writeFileSync(path, "");
    writeFileSync(join(cache, "shallow"), "half of an i");
    writeFileSync(`${cache}.lock`, JSON.stringify({ pid: 999_999_999, start: "1", host: hostname() }));
    const { value, diagnostics } = await openScratchGit(folder).fetchTree(repository.request(commits[1]));
    expect(diagnostics).toEqual([]);
    expect(value?.flakeFile).toBe("name: two\n");
    expect(remains.filter((path) => existsSync(path))).toEqual([]);
    expect(existsSync(`${cache}.lock`)).toBe(false);
  });

  test("a lock of a process whose number another has now: it is taken over", async () => {
    const { folder, repository, commits, cache } = await fill();
    writeFileSync(`${cache}.lock`, lockText(process.pid, "1"));
    expect((await openScratchGit(folder).fetchTree(repository.request(commits[1]))).diagnostics).toEqual([]);
  });

  test("a lock that several processes find at once: they take turns", async () => {
    const { folder, repository, commits, cache } = await fill();
    const other = repository.commitFiles({ "flake.yaml": "name: three\n" });
    writeFileSync(`${cache}.lock`, JSON.stringify({ pid: 999_999_999, start: "1", host: hostname() }));
    const outcomes = await Promise.all(
      [commits[1], other, commits[1], other].map((commit) =>
        openScratchGit(folder).fetchTree(repository.request(commit)),
      ),
    );
    expect(outcomes.map(({ value }) => value?.flakeFile)).toEqual([
      "name: two\n",
      "name: three\n",
      "name: two\n",
      "name: three\n",
    ]);
    expect(readdirSync(join(cache, "..")).filter((name) => /lock|takeover/.test(name))).toEqual([]);
  });

  test("a lock that is written in part: it is taken over once it is old", async () => {
    const { folder, repository, commits, cache } = await fill();
    writeFileSync(`${cache}.lock`, '{"pid":');
    utimesSync(`${cache}.lock`, 1, 1);
    expect((await openScratchGit(folder).fetchTree(repository.request(commits[1]))).diagnostics).toEqual([]);
  });

  test.each(["", '{"tree":"abc"', '{"tree":"abc"}', "null"])(
    "facts written in part: they are found out again: %j",
    async (text) => {
      const { folder, repository, commits, facts } = await fill();
      const [name = ""] = readdirSync(facts);
      const whole = readFileSync(join(facts, name), "utf8");
      writeFileSync(join(facts, name), text);
      const { value } = await openScratchGit(folder).fetchTree(repository.request(commits[0]));
      expect(value).toEqual(JSON.parse(whole));
      expect(readFileSync(join(facts, name), "utf8")).toBe(whole);
    },
  );

  test("a configuration that is not ours, or none: it is written again", async () => {
    const { folder, repository, commits, cache } = await fill();
    const config = readFileSync(join(cache, "config"), "utf8");
    for (const [index, change] of [
      () => writeFileSync(join(cache, "config"), "[core]\n"),
      () => rmSync(join(cache, "config")),
    ].entries()) {
      change();
      expect(
        (await openScratchGit(folder).fetchTree(repository.request(commits[index] ?? "", { dir: "" }))).diagnostics,
      ).toEqual([]);
    }
    expect(readFileSync(join(cache, "config"), "utf8")).toBe(config);
  });
});

describe("a damaged pack", () => {
  test.each([
    ["is cut off", (pack: string) => truncateSync(pack, 40)],
    ["is empty", (pack: string) => truncateSync(pack, 0)],
    ["is gone", (pack: string) => rmSync(pack)],
    [
      "has other bytes",
      (pack: string) =>
        writeFileSync(
          pack,
          readFileSync(pack).map((byte, at) => (at > 12 && at < readFileSync(pack).length - 20 ? byte ^ 0x55 : byte)),
        ),
    ],
  ])("is replaced when it %s", async (_name, damage) => {
    const { folder, repository, commits, cache, facts } = await fill();
    const packs = join(cache, "objects", "pack");
    for (const name of readdirSync(packs)) chmodSync(join(packs, name), 0o644);
    damage(join(packs, readdirSync(packs).find((name) => name.endsWith(".pack")) ?? ""));
    rmSync(facts, { recursive: true });
    const { value, diagnostics } = await openScratchGit(folder).fetchTree(repository.request(commits[0]));
    expect(diagnostics).toEqual([]);
    expect(value?.flakeFile).toBe("name: one\n");
  });

  test("that cannot be replaced is an error that says why", async () => {
    const { folder, repository, commits, cache, facts } = await fill();
    rmSync(join(cache, "objects", "pack"), { recursive: true });
    mkdirSync(join(cache, "objects", "pack"));
    rmSync(facts, { recursive: true });
    rmSync(repository.folder, { recursive: true });
    const { diagnostics } = await openScratchGit(folder).fetchTree(repository.request(commits[0]));
    expect(diagnostics).toMatchObject([{ code: "fetch-failed" }]);
    expect(diagnostics[0]?.why?.[0]).toBe("The repository is not there, or only for others");
  });
});

test("fetchTree refuses a repository that lacks a file of its commit, the second time too", async () => {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const commit = repository.commitFiles({ a: "gone" });
  rmSync(repository.objectPath(repository.blob("gone")));
  const git = openScratchGit(folder);
  for (let time = 0; time < 2; time += 1) {
    expect((await git.fetchTree(repository.request(commit))).value).toBeUndefined();
  }
});

test("fetchTree waits for another process that holds the lock, says so, and goes on when that is killed", async () => {
  const { folder, repository, commits, cache } = await fill();
  const sleeper = startSleeper();
  writeFileSync(`${cache}.lock`, lockText(sleeper.pid));
  const heard: string[] = [];
  const git = openScratchGit(folder, {
    onProgress: ({ stage, text }) => {
      if (stage !== "wait") return;
      heard.push(text);
      sleeper.kill("SIGKILL");
    },
  });
  expect((await git.fetchTree(repository.request(commits[1]))).diagnostics).toEqual([]);
  expect(heard).toEqual([`Waiting for process ${sleeper.pid}, which fetches it too`]);
});

test("fetchTree gives up waiting for a process that never ends, and names it", async () => {
  const { folder, repository, commits, cache } = await fill();
  const sleeper = startSleeper();
  writeFileSync(`${cache}.lock`, lockText(sleeper.pid));
  const git = openScratchGit(folder, { timeouts: { total: 100 } });
  const { diagnostics } = await git.fetchTree(repository.request(commits[1]));
  expect(diagnostics).toMatchObject([{ code: "fetch-failed" }]);
  expect(diagnostics[0]?.why?.[0]).toContain(`Process ${sleeper.pid} holds `);
});

describe("a download that stops half-way", () => {
  /** Makes the server send a part of the pack, then nothing. */
  function stall(folder: string): () => void {
    const hook = join(folder, "pack-hook");
    writeFileSync(hook, '#!/bin/sh\n"$@" | head -c 300\nwhile [ -e "$0" ]; do sleep 0.05; done\n');
    chmodSync(hook, 0o755);
    const config = join(folder, "home", ".gitconfig");
    mkdirSync(join(folder, "home"), { recursive: true });
    writeFileSync(config, `[uploadpack]\n\tpackObjectsHook = ${hook}\n`);
    return () => [config, hook].forEach((path) => rmSync(path));
  }

  function makeRandom(folder: string): { repository: RawRepository; commit: string } {
    const repository = new RawRepository(join(folder, "source"));
    return { repository, commit: repository.commitFiles({ a: randomBytes(20_000).toString("hex") }) };
  }

  test("because the server falls silent is given up, and begun anew the next time", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRandom(folder);
    const recover = stall(folder);
    const git = openScratchGit(folder, { timeouts: { idle: 500 } });
    const { diagnostics } = await git.fetchTree(repository.request(commit));
    expect(diagnostics).toMatchObject([{ code: "fetch-failed" }]);
    expect(diagnostics[0]?.why?.[0]).toBe("The server said nothing for too long");
    recover();
    expect((await git.fetchTree(repository.request(commit))).diagnostics).toEqual([]);
  });

  test("because git is killed is an error, and begun anew the next time", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeRandom(folder);
    const recover = stall(folder);
    const bin = join(folder, "bin");
    mkdirSync(bin);
    const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    writeFileSync(join(bin, "git"), `#!/bin/sh\n[ "$1" = fetch ] && echo $$ > '${folder}/pid'\nexec '${real}' "$@"\n`);
    chmodSync(join(bin, "git"), 0o755);
    const environment = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: join(folder, "home") };
    const git = openScratchGit(folder, { environment, timeouts: { idle: 1500 } });
    const asked = git.fetchTree(repository.request(commit));
    const packs = await vi.waitFor(
      () => {
        const found = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
          path.includes("/tmp_pack_"),
        );
        expect(found).toHaveLength(1);
        return found;
      },
      { timeout: 20_000 },
    );
    process.kill(Number(readFileSync(join(folder, "pid"), "utf8")), "SIGKILL");
    expect((await asked).diagnostics).toMatchObject([{ code: "fetch-failed" }]);
    recover();
    expect((await git.fetchTree(repository.request(commit))).diagnostics).toEqual([]);
    expect(packs.filter((path) => existsSync(join(folder, path)))).toEqual([]);
  }, 30_000);
});
