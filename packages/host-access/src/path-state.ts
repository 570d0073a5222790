import type { PathState } from "@firn/plan";

/** What the file system says of a path, the same whoever asked it: Node or stat(1). */
export interface PathFacts {
  /** Type and permissions, as `st_mode` has them. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes. */
  readonly size: number;
  /** For a link: where it points. */
  readonly target?: string | undefined;
  /** For a directory. */
  readonly isEmpty?: boolean;
  /** For a file: sha256 of its content, if it was asked for and could be read. */
  readonly content?: string | undefined;
}

const typeMask = 0o170000;
const directoryType = 0o040000;
const fileType = 0o100000;
const linkType = 0o120000;

/** Other types by their bits of `st_mode`; see inode(7). */
const otherTypes: ReadonlyMap<number, string> = new Map([
  [0o140000, "socket"],
  [0o060000, "block device"],
  [0o020000, "character device"],
  [0o010000, "pipe"],
]);

/** What stands for a path that nothing can be said about, since whoever asked may not look. */
export const unreadablePath: PathState = { kind: "other", what: "unreadable", uid: -1, gid: -1 };

/** Tells whether the bits of `st_mode` are those of a directory. */
export function isDirectoryMode(mode: number): boolean {
  return (mode & typeMask) === directoryType;
}

/** Says what is at a path in the words of a plan. */
export function pathStateOf({ mode, uid, gid, size, target = "", isEmpty = false, content }: PathFacts): PathState {
  const type = mode & typeMask;
  if (type === linkType) return { kind: "symlink", target, uid, gid };
  const permissions = (mode & 0o7777).toString(8).padStart(4, "0");
  if (type === directoryType) return { kind: "directory", mode: permissions, uid, gid, isEmpty };
  if (type !== fileType) return { kind: "other", what: otherTypes.get(type) ?? "unknown", uid, gid };
  const file = { kind: "file", mode: permissions, uid, gid, size } as const;
  return content === undefined ? file : { ...file, content };
}
