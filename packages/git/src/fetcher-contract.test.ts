import { join } from "node:path";
import { describeFetcher } from "@firn/resolve/testing";
import { makeScratch, openScratchGit, RawRepository } from "./testing.ts";

/** Writes the tree of files by path, folders as trees of their own. */
function writeTree(repository: RawRepository, files: Readonly<Record<string, string>>): string {
  const names = [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? ""))];
  return repository.tree(
    names.toSorted().map((name) => {
      const text = files[name];
      if (text !== undefined) return ["100644", name, repository.blob(text)];
      const below = Object.entries(files).filter(([path]) => path.startsWith(`${name}/`));
      const inner = Object.fromEntries(below.map(([path, content]) => [path.slice(name.length + 1), content]));
      return ["40000", name, writeTree(repository, inner)];
    }),
  );
}

describeFetcher("openGit", () => {
  const folder = makeScratch();
  let count = 0;
  return {
    fetcher: openScratchGit(folder),
    nowhere: `file://${folder}/nowhere`,
    makeRepository({ commits, branches = {}, tags = {} }) {
      const repository = new RawRepository(join(folder, `source-${count++}`));
      const ids: string[] = [];
      for (const files of commits) {
        const parent = ids.at(-1);
        ids.push(repository.commit(writeTree(repository, files), parent === undefined ? {} : { parent }));
      }
      for (const [name, index] of Object.entries(branches)) repository.ref(`refs/heads/${name}`, ids[index] ?? "");
      for (const [name, { commit, isAnnotated = false }] of Object.entries(tags)) {
        const id = ids[commit] ?? "";
        if (isAnnotated) repository.tag(name, id);
        else repository.ref(`refs/tags/${name}`, id);
      }
      return { git: repository.url, commits: ids };
    },
  };
});
