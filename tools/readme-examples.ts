import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listPackages } from "./workspace-files.ts";

/** An example in TypeScript that a reader may copy. */
export interface ReadmeExample {
  /** The document, and the line where the example starts, from 1. */
  readonly name: string;
  /** The package whose dependencies it may import. */
  readonly folder: string;
  readonly text: string;
}

/** Lists the TypeScript examples of the packages' README files, and of the one of the workspace. */
export function listExamples(root: string): ReadmeExample[] {
  const own = listPackages(root).map(({ area, folder }) => ({
    path: `${area}/${folder}/README.md`,
    folder: `${area}/${folder}`,
  }));
  const documents = [{ path: "README.md", folder: "hosts/web" }, ...own].filter(({ path }) =>
    existsSync(join(root, path)),
  );
  return documents.flatMap(({ path, folder }) =>
    parseExamples(readFileSync(join(root, path), "utf8")).map(({ line, text }) => ({
      name: `${path}:${line}`,
      folder,
      text,
    })),
  );
}

/** Finds the fenced blocks that are marked as TypeScript. */
export function parseExamples(markdown: string): { readonly line: number; readonly text: string }[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map(({ index, 1: text = "" }) => ({
    line: markdown.slice(0, index).split("\n").length + 1,
    text,
  }));
}
