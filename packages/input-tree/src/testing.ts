import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ExportRequest, TreeExporter } from "@firn/resolve";

/** What a tree has by path: texts of files, and targets of links. */
export type MemoryTree = Readonly<Record<string, string | { readonly link: string }>>;

/** An exporter of trees in memory, that knows what it was asked for. */
export interface MemoryExporter extends TreeExporter {
  readonly requests: readonly ExportRequest[];
}

/**
 * Makes an exporter of trees in memory.
 *
 * @param trees by commit; a request for another is answered with `missing-commit`
 */
export function createMemoryExporter(trees: Readonly<Record<string, MemoryTree>>): MemoryExporter {
  const requests: ExportRequest[] = [];
  return {
    requests,
    exportTree: (request, into) => {
      requests.push(request);
      const tree = trees[request.commit];
      if (tree === undefined) return Promise.resolve({ diagnostics: [missingCommit(request.commit)] });
      mkdirSync(into);
      writeTree(into, Object.entries(tree), request.dir === "" ? "" : `${request.dir}/`);
      const { commit, integrity = "" } = request;
      return Promise.resolve({ value: { tree: commit, integrity }, diagnostics: [] });
    },
  };
}

function missingCommit(commit: string): { code: "missing-commit"; severity: "error"; message: string; marks: [] } {
  return { code: "missing-commit", severity: "error", message: `Cannot find the commit "${commit}"`, marks: [] };
}

function writeTree(into: string, entries: readonly [string, MemoryTree[string]][], prefix: string): void {
  for (const [path, content] of entries.filter(([name]) => name.startsWith(prefix))) {
    const file = join(into, path.slice(prefix.length));
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === "string") writeFileSync(file, content);
    else symlinkSync(content.link, file);
  }
}
