import { describeFetcher, memoryLocal, MemoryRemotes } from "@firn/resolve/testing";
import { expect, test } from "vitest";

describeFetcher("MemoryRemotes", () => {
  const fetcher = new MemoryRemotes();
  let count = 0;
  return {
    fetcher,
    nowhere: "https://git.example/nowhere",
    makeRepository({ commits, branches = {}, tags = {} }) {
      const git = `https://git.example/${count++}`;
      const repository = fetcher.add(git);
      const ids = commits.map((files) => repository.commit(files));
      for (const [name, index] of Object.entries(branches)) repository.branches.set(name, ids[index] ?? "");
      for (const [name, { commit, isAnnotated = false }] of Object.entries(tags)) {
        repository.tag(name, ids[commit] ?? "", { annotated: isAnnotated });
      }
      return { git, commits: ids };
    },
  };
});

test("MemoryRemotes notes what it is asked", async () => {
  const remotes = new MemoryRemotes();
  const commit = remotes.add("https://git.example/a").commit({});
  const source = { git: "https://git.example/a", mirrors: [] };
  await remotes.listRefs(source);
  await remotes.fetchTree({ source, commit, dir: "", submodules: false });
  expect(remotes.calls).toEqual(["refs https://git.example/a", `tree https://git.example/a ${commit}`]);
});

test("MemoryRepository forgets a commit", async () => {
  const remotes = new MemoryRemotes();
  const repository = remotes.add("https://git.example/a");
  const commit = repository.release("1.0.0", {});
  repository.forget(commit);
  const source = { git: "https://git.example/a", mirrors: [] };
  const { diagnostics } = await remotes.fetchTree({ source, commit, dir: "", submodules: false });
  expect(diagnostics).toMatchObject([{ code: "missing-commit" }]);
});

test("memoryLocal reads the flake and the lock of a folder", async () => {
  const local = memoryLocal({ "a/flake.yaml": "name: a\n", "a/lockfile.json": "{}" });
  expect((await local.readTree("a")).value).toEqual({ flakeFile: "name: a\n", lockFile: "{}" });
  expect((await local.readTree("b")).value).toEqual({});
});
