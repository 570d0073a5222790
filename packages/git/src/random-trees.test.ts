import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Random } from "../differential/random.ts";
import { hashWithNix, makeScratch, openScratchGit, type RawEntry, RawRepository } from "./testing.ts";

/** Names whose order differs with and without the slash that git sorts folders by. */
const alike = ["a", "a.b", "a-b", "a0", "A", "ab"];

/** Names that need quotes somewhere, or have more than one form. */
const odd = ["-rf", "--output=x", " ", "\t", "line\nend", "\u001b[31m", '"', "\\", "\u007f", "~", "$(id)", "*", "?"];
const distinct = ["\u00e9", "e\u0301", "\uff5e", "\u{1f600}", "x".repeat(255), "HEAD", "..."];
const names = [...alike, ...odd, ...distinct];

function randomTree(repository: RawRepository, random: Random, depth = 0): string {
  const chosen = names.filter(() => random.chance(0.2));
  const entries = chosen.map((name) => randomEntry(repository, random, { name, depth }));
  return repository.tree(entries.toSorted((one, other) => Buffer.compare(sortKey(one), sortKey(other))));
}

function randomEntry(
  repository: RawRepository,
  random: Random,
  { name, depth }: { readonly name: string; readonly depth: number },
): RawEntry {
  const mode = random.pick(["100644", "100755", "120000", "160000", ...(depth < 4 ? ["40000", "40000"] : [])]) ?? "";
  if (mode === "40000") return [mode, name, randomTree(repository, random, depth + 1)];
  // A commit of some other repository, which need not be here.
  if (mode === "160000") return [mode, name, repository.commit(repository.tree([]))];
  const content =
    mode === "120000"
      ? (random.pick(["gone", "./gone/x", "gone/../\u00e9-gone"]) ?? "")
      : "text ".repeat(random.below(30));
  return [mode, name, repository.blob(content)];
}

function sortKey([mode, name]: RawEntry): Buffer {
  return Buffer.concat([Buffer.from(name), Buffer.from(mode === "40000" ? "/" : "")]);
}

test.each([
  ["sha1", 150],
  ["sha256", 30],
] as const)(
  "exportTree gives the tree of git and the hash of nix for random trees (%s)",
  async (format, count) => {
    const folder = makeScratch();
    const repository = new RawRepository(join(folder, "source"), format);
    const random = new Random(count);
    const dirs = Array.from({ length: count }, (_, index) => `t${String(index).padStart(3, "0")}/in`);
    const trees = dirs.map((dir) => [dir, repository.tree([["40000", "in", randomTree(repository, random)]])] as const);
    const commit = repository.commit(repository.tree(trees.map(([dir, id]) => ["40000", dir.slice(0, 4), id])));
    const git = openScratchGit(folder);
    // One download for all, and not one for each that waits for the others.
    await git.fetchTree(repository.request(commit));
    const exported = await Promise.all(
      dirs.map(async (dir, index) => {
        const into = join(folder, `out-${index}`);
        const { value, diagnostics } = await git.exportTree(repository.request(commit, { dir }), into);
        return { diagnostics, tree: value?.tree, integrity: value?.integrity, into };
      }),
    );
    expect(exported.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const asked = dirs.map((dir) => `${commit}:${dir}`);
    const ids = execFileSync("git", ["--git-dir", repository.folder, "rev-parse", ...asked], { encoding: "utf8" });
    const expected = exported.map(({ into, integrity }) => hashWithNix(into) ?? integrity);
    expect(exported.map(({ tree }) => tree)).toEqual(ids.trim().split("\n"));
    expect(exported.map(({ integrity }) => integrity)).toEqual(expected);
  },
  60_000,
);
