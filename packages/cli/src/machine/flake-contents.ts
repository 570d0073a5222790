import type { ContentReader, SourceEntry } from "@firn/manifest";
import type { Flake } from "@firn/loader";
import { hashFolder } from "@firn/package-build";
import { hashContent } from "@firn/store";
import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";

/** Contents of files that a configuration declares: texts of its own, and files of the flake. */
export interface FlakeContents extends ContentReader {
  /** Gives a content that was hashed. */
  read(hash: string): string | Uint8Array;
  /** Lists what was hashed so far, by hash. */
  all(): ReadonlyMap<string, string | Uint8Array>;
  /** Files that were read, by absolute path. */
  readonly sources: ReadonlySet<string>;
}

/** Opens the contents of a flake. Sources are paths that start with "./", from the root of the flake. */
export function openContents({ root }: Flake): FlakeContents {
  const texts = new Map<string, string | Uint8Array>();
  const sources = new Set<string>();
  const remember = (content: string | Uint8Array): string => {
    const hash = hashContent(content);
    texts.set(hash, content);
    return hash;
  };
  const readFile = (path: string, name: string): SourceEntry => {
    sources.add(path);
    const isExecutable = (lstatSync(path).mode & 0o111) !== 0;
    return { path: name, content: remember(readFileSync(path)), isExecutable };
  };
  const readTree = (path: string, name: string): SourceEntry[] => {
    const stat = lstatSync(path);
    if (stat.isFile()) return [readFile(path, name)];
    if (!stat.isDirectory()) throw new Error(`"${path}" is neither a file nor a directory`);
    return readdirSync(path)
      .toSorted()
      .flatMap((child) => readTree(join(path, child), name === "" ? child : `${name}/${child}`));
  };
  return {
    sources,
    hashText: remember,
    all: () => texts,
    readSource: (source) => withPath(root, source, (path) => readTree(path, "")),
    readFolder: (source) => withPath(root, source, (folder) => ({ folder, sha256: hashFolder(folder) })),
    read: (hash) => texts.get(hash) ?? missing(hash),
  };
}

/** Reads something at a path of the flake, or says why it cannot be. */
function withPath<Value>(root: string, source: string, read: (path: string) => Value): Value | string {
  if (!source.startsWith("./")) return 'it does not start with "./", from the root of the flake';
  try {
    const path = realpathSync(join(root, source));
    return path.startsWith(realpathSync(root) + sep) ? read(path) : "it leads out of the flake";
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

function missing(hash: string): never {
  throw new Error(`no content with the hash ${hash} was declared`);
}
