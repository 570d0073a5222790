import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "@firn/resolve";
import { describe, expect, test } from "vitest";
import { makeScratch, openScratchGit, RawRepository, type RawEntry } from "./testing.ts";

const someCommit = "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd";

/** A folder for one attack. The attack has worked when the canary is there. */
function makeCage(): { folder: string; canary: string; repository: RawRepository; commit: string } {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const commit = repository.commitFiles({ "flake.yaml": "name: x\n" });
  return { folder, canary: join(folder, "canary"), repository, commit };
}

/** Writes a program that makes the canary, and gives its path. */
function writeTrap(folder: string, canary: string): string {
  const trap = join(folder, "trap");
  writeFileSync(trap, `#!/bin/sh\ntouch '${canary}'\n`);
  chmodSync(trap, 0o755);
  return trap;
}

function writeUserConfig(folder: string, text: string): void {
  mkdirSync(join(folder, "home"), { recursive: true });
  writeFileSync(join(folder, "home", ".gitconfig"), text);
}

function codesOf(outcome: Outcome<unknown>): string[] {
  return outcome.diagnostics.map(({ code }) => code);
}

describe("an address", () => {
  /** Each takes the path of the canary and gives an address by which git has been made to run a program. */
  const attacks: readonly (readonly [name: string, url: (trap: string) => string])[] = [
    ["an option of git", (trap) => `--upload-pack=${trap}`],
    ["a short option of git", (trap) => `-u${trap}`],
    ["the transport ext", (trap) => `ext::${trap}`],
    ["the transport fd", () => "fd::17/foo"],
    ["a transport of a program in PATH", () => "evil::x"],
    ["an option of ssh as the host", (trap) => `ssh://-oProxyCommand=${trap.replaceAll("/", "%2F")}/x`],
    [
      "an option of ssh as the host after a user",
      (trap) => `ssh://git@-oProxyCommand=${trap.replaceAll("/", "%2F")}/x`,
    ],
    ["an option of ssh in the short form", (trap) => `-oProxyCommand=${trap}@host:x`],
    ["a plain path", (trap) => trap],
    ["a relative path", () => "../source"],
    ["a line break", (trap) => `https://host.invalid/x\n${trap}`],
    ["a password", () => "https://user:secret@host.invalid/x"],
  ];

  test.each(attacks)("is refused before git sees it: %s", async (_name, url) => {
    const { folder, canary, repository, commit } = makeCage();
    const address = url(writeTrap(folder, canary));
    const git = openScratchGit(folder);
    const source = { git: address, mirrors: [] };
    expect(codesOf(await git.listRefs(source))).toEqual(["forbidden-source"]);
    expect(codesOf(await git.fetchTree({ ...repository.request(commit), source }))).toEqual(["forbidden-source"]);
    const asMirror = await git.listRefs({ git: `file://${folder}/none`, mirrors: [address] });
    expect(asMirror.value).toBeUndefined();
    expect(JSON.stringify(asMirror.diagnostics)).not.toContain("secret");
    expect(existsSync(canary)).toBe(false);
  });

  test("that the user's configuration leads to a program is refused by git", async () => {
    const { folder, canary } = makeCage();
    const trap = writeTrap(folder, canary);
    writeUserConfig(
      folder,
      `[url "ext::${trap} #"]\n\tinsteadOf = https://host.invalid/\n[protocol "ext"]\n\tallow = always\n`,
    );
    const url = "https://host.invalid/x";
    const environment = { PATH: process.env["PATH"], HOME: join(folder, "home"), GIT_ALLOW_PROTOCOL: "ext" };
    const outcome = await openScratchGit(folder, { environment }).listRefs({ git: url, mirrors: [] });
    expect(outcome.diagnostics).toMatchObject([
      { code: "forbidden-source", message: `Cannot list the tags and branches of "${url}"` },
    ]);
    expect(existsSync(canary)).toBe(false);
    // The attack is a real one.
    expect(() => execFileSync("git", ["ls-remote", url], { env: environment, stdio: "ignore" })).toThrow("ls-remote");
    expect(existsSync(canary)).toBe(true);
  });

  test("that the user's configuration leads to a folder is refused by git", async () => {
    const { folder, repository } = makeCage();
    writeUserConfig(
      folder,
      `[url "${repository.url}"]\n\tinsteadOf = https://host.invalid/x\n[protocol "file"]\n\tallow = always\n`,
    );
    const outcome = await openScratchGit(folder).listRefs({ git: "https://host.invalid/x", mirrors: [] });
    expect(codesOf(outcome)).toEqual(["forbidden-source"]);
  });

  test("with a token is shown without it", async () => {
    const { folder } = makeCage();
    const outcome = await openScratchGit(folder).listRefs({ git: "https://token123@127.0.0.1:1/x", mirrors: [] });
    expect(outcome.diagnostics).toMatchObject([
      { code: "fetch-failed", message: 'Cannot list the tags and branches of "https://127.0.0.1:1/x"' },
    ]);
    expect(JSON.stringify(outcome.diagnostics)).not.toContain("token123");
  });
});

describe("a commit", () => {
  test.each([
    "--output=canary",
    "--upload-pack=touch",
    "main",
    "HEAD",
    "refs/heads/main",
    `${someCommit}:refs/heads/stolen`,
    `+${someCommit}`,
    `^${someCommit}`,
    someCommit.slice(0, 12),
    `${someCommit}\n`,
    "",
  ])("that is no whole id is refused before git sees it: %j", async (text) => {
    const { folder, repository } = makeCage();
    const git = openScratchGit(folder);
    expect(codesOf(await git.fetchTree(repository.request(text)))).toEqual(["missing-commit"]);
    expect(existsSync(join(folder, "cache"))).toBe(false);
    expect(
      await git.listCommits({ source: { git: repository.url, mirrors: [] }, from: text, to: someCommit, limit: 9 }),
    ).toBeUndefined();
    expect(existsSync(join(folder, "cache"))).toBe(false);
  });

  test("that is fetched makes no branch, no tag and no note of itself", async () => {
    const { folder, repository, commit } = makeCage();
    repository.tag("v1", commit);
    await openScratchGit(folder).fetchTree(repository.request(commit));
    const [cache = ""] = readdirSync(join(folder, "cache", "git")).filter((name) => name.endsWith(".git"));
    const root = join(folder, "cache", "git", cache);
    expect(readdirSync(join(root, "refs"))).toEqual([]);
    expect(existsSync(join(root, "FETCH_HEAD"))).toBe(false);
    expect(existsSync(join(root, "packed-refs"))).toBe(false);
  });
});

describe("the environment", () => {
  test.each([
    "GIT_SSH_COMMAND",
    "GIT_SSH",
    "GIT_PROXY_COMMAND",
    "GIT_ASKPASS",
    "SSH_ASKPASS",
    "GIT_PAGER",
    "GIT_EDITOR",
    "GIT_EXTERNAL_DIFF",
    "GIT_TRACE",
  ])("cannot make git run a program or write a file: %s", async (name) => {
    const { folder, canary, repository, commit } = makeCage();
    const trap = name === "GIT_TRACE" ? canary : writeTrap(folder, canary);
    const environment = { PATH: process.env["PATH"], HOME: join(folder, "home"), [name]: trap };
    const git = openScratchGit(folder, { environment, timeouts: { total: 5000 } });
    for (const url of ["ssh://git@127.0.0.1:1/x", "git://127.0.0.1:1/x", "https://127.0.0.1:1/x"]) {
      expect(codesOf(await git.listRefs({ git: url, mirrors: [] }))).toEqual(["fetch-failed"]);
    }
    expect(codesOf(await git.fetchTree(repository.request(commit)))).toEqual([]);
    expect(existsSync(canary)).toBe(false);
  });

  test("cannot set options of git", async () => {
    const { folder, canary } = makeCage();
    const trap = writeTrap(folder, canary);
    const environment = {
      PATH: process.env["PATH"],
      HOME: join(folder, "home"),
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: "core.sshCommand",
      GIT_CONFIG_VALUE_0: trap,
      GIT_CONFIG_PARAMETERS: `'core.sshCommand=${trap}'`,
      GIT_EXEC_PATH: folder,
    };
    const outcome = await openScratchGit(folder, { environment }).listRefs({
      git: "ssh://git@127.0.0.1:1/x",
      mirrors: [],
    });
    expect(codesOf(outcome)).toEqual(["fetch-failed"]);
    expect(existsSync(canary)).toBe(false);
  });

  test("and the user's configuration cannot make ssh ask anything", async () => {
    const { folder, canary } = makeCage();
    const bin = join(folder, "bin");
    mkdirSync(bin);
    writeFileSync(
      join(bin, "ssh"),
      `#!/bin/sh\necho "$@" > '${folder}/ssh-args'\necho 'Host key verification failed.' >&2\nexit 255\n`,
    );
    chmodSync(join(bin, "ssh"), 0o755);
    writeUserConfig(folder, `[core]\n\tsshCommand = ${writeTrap(folder, canary)}\n\taskPass = ${folder}/trap\n`);
    const environment = { PATH: `${bin}:${process.env["PATH"] ?? ""}`, HOME: join(folder, "home") };
    const outcome = await openScratchGit(folder, { environment }).listRefs({ git: "git@host.invalid:x", mirrors: [] });
    expect(outcome.diagnostics).toMatchObject([{ code: "fetch-failed" }]);
    expect(outcome.diagnostics[0]?.why?.[0]).toBe("The key of the host is not the one that is known, or none is known");
    expect(readFileSync(join(folder, "ssh-args"), "utf8")).toMatch(
      /-o BatchMode=yes -o ConnectTimeout=30 .*git@host\.invalid/,
    );
    expect(existsSync(canary)).toBe(false);
  });
});

describe("a hook", () => {
  test("of the user's templates or configuration is not run", async () => {
    const { folder, canary, repository, commit } = makeCage();
    const later = repository.commit(repository.tree([]), { parent: commit });
    const hooks = join(folder, "templates", "hooks");
    mkdirSync(hooks, { recursive: true });
    const trap = writeTrap(folder, canary);
    for (const name of ["reference-transaction", "post-checkout", "post-index-change", "fsmonitor-watchman"]) {
      cpSync(trap, join(hooks, name));
    }
    writeUserConfig(
      folder,
      `[init]\n\ttemplateDir = ${folder}/templates\n[core]\n\thooksPath = ${hooks}\n\tfsmonitor = ${trap}\n`,
    );
    const git = openScratchGit(folder);
    expect(codesOf(await git.fetchTree(repository.request(commit)))).toEqual([]);
    const source = { git: repository.url, mirrors: [] };
    // This one makes refs, on which a hook runs.
    expect(await git.listCommits({ source, from: commit, to: later, limit: 5 })).toMatchObject({ total: 1 });
    expect(existsSync(canary)).toBe(false);
    const env = { PATH: process.env["PATH"], HOME: join(folder, "home"), GIT_DIR: repository.folder };
    execFileSync("git", ["update-ref", "refs/heads/x", commit], { env });
    expect(existsSync(canary)).toBe(true);
  });
});

describe("a tree", () => {
  type MakeEntries = (repository: RawRepository, folder: string) => readonly RawEntry[];
  const blob = (repository: RawRepository): string => repository.blob("evil");
  const attacks: readonly (readonly [name: string, entries: MakeEntries])[] = [
    ["..", (repository) => [["40000", "..", repository.tree([["100644", "canary", blob(repository)]])]]],
    [".", (repository) => [["40000", ".", repository.tree([["100644", "canary", blob(repository)]])]]],
    [".git", (repository) => [["40000", ".git", repository.tree([["100644", "config", blob(repository)]])]]],
    [".GIT", (repository) => [["40000", ".GIT", repository.tree([])]]],
    ["git~1", (repository) => [["40000", "git~1", repository.tree([])]]],
    [".git with a space after it", (repository) => [["40000", ".git ", repository.tree([])]]],
    [".git with a stream of NTFS", (repository) => [["100644", ".git::$INDEX_ALLOCATION", blob(repository)]]],
    [".git with a character that HFS leaves out", (repository) => [["100644", ".g\u200cit", blob(repository)]]],
    ["a slash", (repository) => [["100644", "../canary", blob(repository)]]],
    ["an absolute path", (repository, folder) => [["100644", `${folder}/canary`, blob(repository)]]],
    ["an empty name", (repository) => [["100644", "", blob(repository)]]],
    ["a name that is not UTF-8", (repository) => [["100644", Buffer.from([0x61, 0xff]), blob(repository)]]],
    ["a device", (repository) => [["20644", "null", blob(repository)]]],
    [
      "a name twice, a link and a folder",
      (repository, folder) => [
        ["120000", "a", repository.blob(folder)],
        ["40000", "a", repository.tree([["100644", "canary", blob(repository)]])],
      ],
    ],
  ];

  /** A server that runs git fails at this one before it sends it. */
  const unserved = "an empty name";

  /** git's own check refuses some of these when they are fetched; ours must refuse all of them without it. */
  test.each(attacks.filter(([name]) => name !== unserved))(
    "is refused, by git or by us: %s",
    async (_name, entries) => {
      const { folder, canary, repository } = makeCage();
      const commit = repository.commit(repository.tree(entries(repository, folder)));
      const git = openScratchGit(folder);
      const request = { ...repository.request(commit), integrity: "sha256-any" };
      expect((await git.fetchTree(request)).diagnostics).toMatchObject([{ code: "bad-input-tree" }]);
      expect(codesOf(await git.exportTree(request, join(folder, "out")))).toEqual(["bad-input-tree"]);
      expect(existsSync(canary)).toBe(false);
      expect(existsSync(join(folder, "out"))).toBe(false);
    },
  );

  test.each(attacks)("is refused by us, were it in the cache: %s", async (_name, entries) => {
    const { folder, canary, repository, commit } = makeCage();
    const git = openScratchGit(folder);
    await git.fetchTree(repository.request(commit));
    const evil = repository.commit(repository.tree(entries(repository, folder)));
    const [cache = ""] = readdirSync(join(folder, "cache", "git")).filter((name) => name.endsWith(".git"));
    cpSync(join(repository.folder, "objects"), join(folder, "cache", "git", cache, "objects"), { recursive: true });
    const request = { ...repository.request(evil), integrity: "sha256-any" };
    const outcome = await git.exportTree(request, join(folder, "out"));
    expect(outcome.diagnostics).toMatchObject([{ code: "bad-input-tree" }]);
    expect(outcome.diagnostics[0]?.why?.[0]).toMatch(/name|entry/);
    expect(existsSync(canary)).toBe(false);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test.each([
    ["an absolute target", "/etc/passwd"],
    ["a target above the input", "../canary"],
    ["a target above the input, by detours", "sub/../../canary"],
    ["a target above the input, by another link", "here/../canary"],
  ])("with a link out of it can be locked, not written: %s", async (_name, target) => {
    const { folder, repository } = makeCage();
    const commit = repository.commit(
      repository.tree([
        ["120000", "here", repository.blob(".")],
        ["120000", "leak", repository.blob(target)],
        ["40000", "sub", repository.tree([["100644", "a", repository.blob("a")]])],
      ]),
    );
    const git = openScratchGit(folder);
    const { value } = await git.fetchTree(repository.request(commit));
    const request = { ...repository.request(commit), integrity: value?.integrity ?? "" };
    const outcome = await git.exportTree(request, join(folder, "out"));
    expect(outcome.diagnostics).toMatchObject([
      { code: "bad-input-tree", why: [`The link "leak" leads out of the input, to "${target}"`] },
    ]);
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("with attributes is read as it is: no filter, no substitution, nothing left out", async () => {
    const { folder, canary, repository } = makeCage();
    const trap = writeTrap(folder, canary);
    writeUserConfig(
      folder,
      `[filter "evil"]\n\tsmudge = ${trap}\n\tclean = ${trap}\n\tprocess = ${trap}\n[core]\n\tautocrlf = true\n`,
    );
    const files = {
      ".gitattributes": "* filter=evil ident export-subst\nb export-ignore\n",
      a: "$Id$ $Format:%H$\n",
      b: "b\n",
    };
    const commit = repository.commitFiles(files);
    const git = openScratchGit(folder);
    const { value } = await git.fetchTree(repository.request(commit));
    await git.exportTree({ ...repository.request(commit), integrity: value?.integrity ?? "" }, join(folder, "out"));
    expect(
      Object.fromEntries(
        readdirSync(join(folder, "out")).map((name) => [name, readFileSync(join(folder, "out", name), "utf8")]),
      ),
    ).toEqual(files);
    expect(existsSync(canary)).toBe(false);
  });
});

describe("a submodule", () => {
  test.each([
    ["a program", (trap: string) => `ext::${trap}`],
    ["an option", (trap: string) => `--upload-pack=${trap}`],
    ["an option of ssh", () => "ssh://-oProxyCommand=x/y"],
    ["a transport that is not the repository's", () => "http://host.invalid/x"],
    ["a way above everything", () => "../../../../../../../../../../../x"],
  ])("is not fetched from %s", async (_name, url) => {
    const { folder, canary, repository } = makeCage();
    const modules = `[submodule "s"]\n\tpath = s\n\turl = "${url(writeTrap(folder, canary))}"\n\tupdate = !${folder}/trap\n`;
    const commit = repository.commit(
      repository.tree([
        ["100644", ".gitmodules", repository.blob(modules)],
        ["160000", "s", someCommit],
      ]),
    );
    const outcome = await openScratchGit(folder).fetchTree(repository.request(commit, { submodules: true }));
    expect(codesOf(outcome)).toEqual(["bad-input-tree"]);
    expect(existsSync(canary)).toBe(false);
    // Nobody who does not ask for submodules is bothered by them; git's own check may refuse such a repository.
  });
});
