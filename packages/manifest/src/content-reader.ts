import type { ContentHash } from "./manifest.ts";

/** A file of a source. */
export interface SourceEntry {
  /** Path below the source; "" when the source is a file. */
  readonly path: string;
  readonly content: ContentHash;
  readonly isExecutable: boolean;
}

/** Hashes what a configuration declares; whoever gives it remembers the contents. */
export interface ContentReader {
  hashText(text: string): ContentHash;
  /** Lists the files of a source: one, or all of a directory; a text says why there are none, as "it …". */
  readSource(source: string): readonly SourceEntry[] | string;
  /** Finds a folder or a file, absolute, with the hash of its NAR serialization; a text says why there is none, as "it …". */
  readFolder(source: string): { readonly folder: string; readonly sha256: string } | string;
}
