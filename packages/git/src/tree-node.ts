import type { ObjectReader } from "./object-reader.ts";

/** Contents that are read when they are needed. */
export interface StoredBytes {
  readonly reader: ObjectReader;
  readonly id: string;
  readonly size: number;
}

/** A file of an input. */
export interface FileNode extends StoredBytes {
  readonly kind: "file";
  readonly isExecutable: boolean;
}

/** A symbolic link of an input; its contents are its target. */
export interface LinkNode extends StoredBytes {
  readonly kind: "link";
}

/** A folder of an input. */
export interface DirectoryNode {
  readonly kind: "directory";
  /** Sorted by the bytes of their names, each name once. */
  readonly entries: ReadonlyMap<string, TreeNode>;
}

/** An entry of an input. */
export type TreeNode = FileNode | LinkNode | DirectoryNode;
