import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseSubmodules, resolveSubmoduleUrl } from "./submodule-list.ts";
import { makeScratch, openScratchGit, RawRepository, recordGit } from "./testing.ts";

function makeProject(folder: string, modules: string, inner: string): { repository: RawRepository; commit: string } {
  const repository = new RawRepository(join(folder, "project"));
  const libs = repository.tree([["160000", "one", inner]]);
  const tree = repository.tree([
    ["100644", ".gitmodules", repository.blob(modules)],
    ["40000", "libs", libs],
  ]);
  return { repository, commit: repository.commit(tree) };
}

const modules = '[submodule "one"]\n\tpath = libs/one\n\turl = ../lib\n';

describe("fetchTree with submodules", () => {
  test("hashes them as the folders that they are, also in each other", async () => {
    const folder = makeScratch();
    const deep = new RawRepository(join(folder, "deep"));
    const deepCommit = deep.commitFiles({ leaf: "leaf" });
    const lib = new RawRepository(join(folder, "lib"));
    const libModules = lib.blob('[submodule "d"]\n\tpath = d\n\turl = ../deep\n');
    const libCommit = lib.commit(
      lib.tree([
        ["100644", ".gitmodules", libModules],
        ["160000", "d", deepCommit],
      ]),
    );
    const { repository, commit } = makeProject(folder, modules, libCommit);
    const git = openScratchGit(folder);
    const found = await git.fetchTree(repository.request(commit, { submodules: true }));
    expect(found.diagnostics).toEqual([]);
    const flat = new RawRepository(join(folder, "flat"));
    const one = flat.tree([
      ["100644", ".gitmodules", flat.blob('[submodule "d"]\n\tpath = d\n\turl = ../deep\n')],
      ["40000", "d", flat.tree([["100644", "leaf", flat.blob("leaf")]])],
    ]);
    const root = flat.tree([
      ["100644", ".gitmodules", flat.blob(modules)],
      ["40000", "libs", flat.tree([["40000", "one", one]])],
    ]);
    expect(found.value?.integrity).toBe((await git.fetchTree(flat.request(flat.commit(root)))).value?.integrity);
    const below = await git.fetchTree(repository.request(commit, { submodules: true, dir: "libs" }));
    const flatBelow = await git.fetchTree(flat.request(flat.commit(root), { dir: "libs" }));
    expect(below.value?.integrity).toBe(flatBelow.value?.integrity);
  });

  test("takes them for empty folders when they are not asked for", async () => {
    const folder = makeScratch();
    const { repository, commit } = makeProject(folder, modules, "1".repeat(40));
    const git = openScratchGit(folder);
    const found = await git.fetchTree(repository.request(commit, { dir: "libs" }));
    const flat = new RawRepository(join(folder, "flat"));
    const same = flat.commit(flat.tree([["40000", "one", flat.tree([])]]));
    expect(found.value?.integrity).toBe((await git.fetchTree(flat.request(same))).value?.integrity);
  });

  test.each([
    ["is not in .gitmodules", '[submodule "two"]\n\tpath = two\n\turl = ../lib\n', "bad-input-tree"],
    ["is not where .gitmodules says", '[submodule "one"]\n\tpath = libs/one\n\turl = ../none\n', "fetch-failed"],
    [
      "is reached by a forbidden transport",
      '[submodule "one"]\n\tpath = libs/one\n\turl = http://host.invalid/x\n',
      "bad-input-tree",
    ],
  ])("refuses one that %s", async (_name, text, code) => {
    const folder = makeScratch();
    const { repository, commit } = makeProject(folder, text, "1".repeat(40));
    const { diagnostics } = await openScratchGit(folder).fetchTree(repository.request(commit, { submodules: true }));
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });
});

test("fetchTree refuses more submodules than anybody has, before it asks for one", async () => {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const links = Array.from({ length: 201 }, (_, index) => ["160000", `s${index}`, "1".repeat(40)] as const);
  const sorted = links.toSorted(([, one], [, other]) => (one < other ? -1 : 1));
  const commit = repository.commit(repository.tree(sorted));
  const { path, notes } = recordGit(folder);
  const git = openScratchGit(folder, { environment: { PATH: path, HOME: folder } });
  const { diagnostics } = await git.fetchTree(repository.request(commit, { submodules: true }));
  expect(diagnostics).toMatchObject([{ code: "input-too-large", why: ["It has more than 200 submodules"] }]);
  expect(readFileSync(notes, "utf8").match(/^fetch/gm)).toHaveLength(1);
});

describe("parseSubmodules", () => {
  test("takes path and url, and nothing else", () => {
    const text =
      '# note\n[submodule "a b"]\n\tpath = a\n\tURL = "../x"\n\tupdate = !touch\n\n[submodule "c"]\nurl=u\npath=p/q\n';
    expect(parseSubmodules(text)).toEqual({
      urls: new Map([
        ["a", "../x"],
        ["p/q", "u"],
      ]),
    });
  });

  test.each([
    ['[submodule "a"]\n\tpath = a\r\n', /control character/],
    ['[submodule "a"]\n\tpath = "a\r"\n', /control character/],
    ["[core]\n\tfsmonitor = touch\n", /not of the plain form/],
    ['[submodule "a"]\n\tpath = a\\\n', /not of the plain form/],
    ["path = a\n", /not of the plain form/],
    ['[submodule "a"]\n\tpath = a\n', /no path or no url/],
    ['[submodule "a"]\npath = a\nurl = b\n[submodule "b"]\npath = a\nurl = c\n', /twice/],
  ])("refuses what git might read otherwise: %j", (text, problem) => {
    expect(parseSubmodules(text)).toEqual({ problem: expect.stringMatching(problem) as string });
  });
});

test.each([
  ["https://host.example/team/app.git", "../lib.git", "https://host.example/team/lib.git"],
  ["https://host.example/team/app.git/", "../../other/lib", "https://host.example/other/lib"],
  ["https://host.example/team/app", "./lib", "https://host.example/team/app/lib"],
  ["git@host.example:team/app.git", "../lib.git", "git@host.example:team/lib.git"],
  ["git@host.example:app.git", "../lib.git", "git@host.example:lib.git"],
  ["file:///a/b", "../c", "file:///a/c"],
  ["https://host.example/app", "ssh://git@host.example/lib", "ssh://git@host.example/lib"],
])("resolveSubmoduleUrl resolves against %s: %s", (base, url, expected) => {
  const transport = base.startsWith("git@") ? "ssh" : base.startsWith("file") ? "file" : "https";
  expect(resolveSubmoduleUrl(url, { url: base, transport })).toMatchObject({ url: expected });
});

test.each([
  ["https://host.example/app", "../../lib", "it leads above the host"],
  ["https://host.example/app", "file:///etc", "it is reached over file, the repository itself over https"],
  ["https://host.example/app", "ext::sh", 'it has "::", by which git runs programs of its own'],
])("resolveSubmoduleUrl refuses, from %s: %s", (base, url, problem) => {
  expect(resolveSubmoduleUrl(url, { url: base, transport: "https" })).toBe(problem);
});
