import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { defaultLimits } from "@firn/input";
import { expect, test } from "vitest";
import { watchDownload } from "./download-watch.ts";
import { makeScratch, openScratchGit, RawRepository } from "./testing.ts";

const mebibyte = 1024 * 1024;

/** A tree of ten times the same, so many levels deep: a few objects that stand for ten to that power. */
function repeat(repository: RawRepository, levels: number, entry: readonly [mode: string, id: string]): string {
  let [mode, id] = entry;
  for (let level = 0; level < levels; level += 1) {
    const repeated = id;
    const repeatedMode = mode;
    id = repository.tree(Array.from({ length: 10 }, (_, index) => [repeatedMode, `e${index}`, repeated] as const));
    mode = "40000";
  }
  return id;
}

test.each([
  [
    "10 GB of zeros in a few small objects",
    "Its files have more than 524288000 bytes together",
    (repository: RawRepository) => repeat(repository, 4, ["100644", repository.blob(Buffer.alloc(mebibyte))]),
  ],
  [
    "ten thousand million empty files",
    "It has more than 100000 files and folders",
    (repository: RawRepository) => repeat(repository, 10, ["100644", repository.blob("")]),
  ],
  [
    "ten thousand million empty folders",
    "It has more than 100000 files and folders",
    (repository: RawRepository) => repeat(repository, 10, ["40000", repository.tree([])]),
  ],
] as const)("fetchTree refuses before it reads them: %s", async (_name, why, make) => {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const commit = repository.commit(make(repository));
  const { value, diagnostics } = await openScratchGit(folder).fetchTree(repository.request(commit));
  expect(value).toBeUndefined();
  expect(diagnostics).toMatchObject([{ code: "input-too-large", why: [why] }]);
});

test("fetchTree refuses folders in each other without end", async () => {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  let tree = repository.tree([]);
  for (let depth = 0; depth < 30; depth += 1) tree = repository.tree([["40000", "deep".repeat(50), tree]]);
  const { diagnostics } = await openScratchGit(folder).fetchTree(repository.request(repository.commit(tree)));
  expect(diagnostics).toMatchObject([{ code: "bad-input-tree", why: ["A path is longer than 4096 bytes"] }]);
});

test.each([
  ["fileBytes", { big: "x".repeat(2000) }, 'The file "big" has 2000 bytes; 1000 are allowed'],
  ["treeBytes", { a: "x".repeat(600), b: "y".repeat(600) }, "Its files have more than 1000 bytes together"],
  ["flakeFileBytes", { "flake.yaml": "x".repeat(2000) }, 'The file "flake.yaml" has 2000 bytes; 1000 are allowed'],
  ["lockFileBytes", { "lockfile.json": "x".repeat(2000) }, 'The file "lockfile.json" has 2000 bytes; 1000 are allowed'],
] as const)("fetchTree holds the limit %s", async (limit, files, why) => {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const commit = repository.commitFiles(files);
  const git = openScratchGit(folder, { limits: { ...defaultLimits, [limit]: 1000 } });
  const { diagnostics } = await git.fetchTree(repository.request(commit));
  expect(diagnostics).toMatchObject([{ code: "input-too-large", why: [why] }]);
  const within = openScratchGit(folder, { limits: { ...defaultLimits, [limit]: 2000 } });
  expect((await within.fetchTree(repository.request(commit))).diagnostics).toEqual([]);
});

test("fetchTree holds the limit of files", async () => {
  const folder = makeScratch();
  const repository = new RawRepository(join(folder, "source"));
  const commit = repository.commitFiles({ a: "", b: "", c: "" });
  const git = openScratchGit(folder, { limits: { ...defaultLimits, files: 2 } });
  const { diagnostics } = await git.fetchTree(repository.request(commit));
  expect(diagnostics).toMatchObject([{ code: "input-too-large", why: ["It has more than 2 files"] }]);
});

test("watchDownload stops a download when it has grown by more than is allowed", async () => {
  const folder = makeScratch();
  const packs = join(folder, "objects", "pack");
  mkdirSync(packs, { recursive: true });
  appendFileSync(join(packs, "old.pack"), Buffer.alloc(5000));
  let timer: NodeJS.Timeout | undefined;
  let end: (() => void) | undefined;
  const reason = await new Promise((resolve) => {
    end = watchDownload(folder, 1000, 5)(resolve);
    timer = setInterval(() => appendFileSync(join(packs, "tmp_pack_1"), Buffer.alloc(300)), 5);
  });
  clearInterval(timer);
  end?.();
  expect(reason).toBe("download-too-large");
});
