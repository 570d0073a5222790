import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Something of the user's that stands in the way of `path`. */
export interface Collision {
  readonly what: string;
  /** Path that Firn is to manage. @default "/etc/thing" */
  readonly path?: string;
  /** Path at which something is in the way. @default that path */
  readonly told?: string;
  /** Makes it below the root. */
  make(root: string): void;
}

const old = 1_000_000_000;

function file(root: string, path: string, mode = 0o644): string {
  const at = join(root, path);
  writeFileSync(at, `of the user: ${path}\n`);
  chmodSync(at, mode);
  utimesSync(at, old, old);
  return at;
}

function folder(root: string, path: string, mode = 0o755): string {
  const at = join(root, path);
  mkdirSync(at);
  chmodSync(at, mode);
  utimesSync(at, old, old);
  return at;
}

function link(root: string, path: string, target: string): void {
  symlinkSync(target, join(root, path));
  lutimesSync(join(root, path), old, old);
}

/** Makes a thing with a program that can. */
function run(program: string, ...args: readonly string[]): void {
  execFileSync(program, args);
}

/** Kinds of thing that can be where Firn is to put a file. */
export const collisions: readonly Collision[] = [
  { what: "a file", make: (root) => void file(root, "etc/thing") },
  { what: "a program", make: (root) => void file(root, "etc/thing", 0o755) },
  { what: "a file that nobody may read", make: (root) => void file(root, "etc/thing", 0) },
  { what: "a program that runs as its owner", make: (root) => void file(root, "etc/thing", 0o4755) },
  { what: "an empty file", make: (root) => truncateSync(file(root, "etc/thing")) },
  { what: "a file of somebody else", make: (root) => chownSync(file(root, "etc/thing"), 1234, 5678) },
  { what: "a file with several names", make: (root) => linkSync(file(root, "etc/thing"), join(root, "etc/same")) },
  { what: "a large file with holes", make: (root) => truncateSync(file(root, "etc/thing"), 50_000_000) },
  {
    what: "a file with attributes",
    make: (root) =>
      run("python3", "-c", "import os,sys; os.setxattr(sys.argv[1], 'user.of', b'ada')", file(root, "etc/thing")),
  },
  { what: "an empty directory", make: (root) => void folder(root, "etc/thing") },
  {
    what: "a directory with something in it",
    make(root) {
      folder(root, "etc/thing", 0o750);
      file(root, "etc/thing/inside", 0o600);
      utimesSync(join(root, "etc/thing"), old, old);
    },
  },
  { what: "a directory that nobody may enter", make: (root) => void folder(root, "etc/thing", 0) },
  { what: "a link to a file", make: (root) => (file(root, "etc/other"), link(root, "etc/thing", "other")) },
  { what: "a link to a directory", make: (root) => (folder(root, "etc/other"), link(root, "etc/thing", "other")) },
  { what: "a link to nowhere", make: (root) => link(root, "etc/thing", "nowhere") },
  { what: "a link to itself", make: (root) => link(root, "etc/thing", "thing") },
  { what: "a pipe", make: (root) => run("mkfifo", join(root, "etc/thing")) },
  {
    what: "a socket",
    make: (root) =>
      run(
        "python3",
        "-c",
        "import socket,sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])",
        join(root, "etc/thing"),
      ),
  },
  { what: "a device", make: (root) => run("mknod", join(root, "etc/thing"), "c", "1", "3") },
  { what: "a file with a name of odd letters", path: "/etc/a b'\"$é", make: (root) => void file(root, "etc/a b'\"$é") },
  {
    what: "a file where a directory has to be",
    path: "/etc/thing/below/it",
    told: "/etc/thing",
    make: (root) => void file(root, "etc/thing"),
  },
];
