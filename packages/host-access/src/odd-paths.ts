import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { nameCases } from "./odd-names.ts";
import { absent, directory, file, link, linkAt, type OddPath, writeAt } from "./odd-path.ts";

function makePipe(path: string): void {
  spawnSync("mkfifo", ["--", path]);
}

/** Leaves a socket behind: closing the server would remove it, so that the server is another process's. */
function makeSocket(path: string): void {
  const script =
    "require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))";
  spawnSync(process.execPath, ["-e", script, path]);
}

const fileCases: readonly OddPath[] = [
  { title: "nothing at all", make: () => {}, expected: { "/": directory(true), "/a": absent, "/a/b/c": absent } },
  { title: "an empty file", make: (root) => writeAt(root, "/f", ""), expected: { "/f": file("") } },
  {
    title: "a file of several portions",
    make: (root) => writeAt(root, "/f", Buffer.alloc(3_500_000, "firn")),
    expected: { "/f": file(Buffer.alloc(3_500_000, "firn")) },
  },
  {
    title: "a file of 64 MiB that takes no room",
    make: (root) => {
      writeAt(root, "/f", "");
      truncateSync(join(root, "f"), 64 * 1024 * 1024);
    },
    expected: { "/f": file(Buffer.alloc(64 * 1024 * 1024)) },
  },
  {
    title: "bytes that are no text",
    make: (root) => writeAt(root, "/f", Buffer.from([0, 255, 10, 254, 0])),
    expected: { "/f": file(Buffer.from([0, 255, 10, 254, 0])) },
  },
  ...["4755", "2755", "1777", "7777", "0000", "0400", "0007"].map((mode): OddPath => ({
    title: `a file and a directory of mode ${mode}`,
    make: (root) => {
      writeAt(root, "/f", "");
      mkdirSync(join(root, "d"));
      chmodSync(join(root, "f"), Number.parseInt(mode, 8));
      chmodSync(join(root, "d"), Number.parseInt(mode, 8));
    },
    expected: { "/f": { kind: "file", mode, size: 0 }, "/d": { kind: "directory", mode } },
  })),
  { title: "a file where a directory is asked", make: (root) => writeAt(root, "/f"), expected: { "/f/a/b": absent } },
  { title: "a name that is too long", make: () => {}, expected: { [`/${"n".repeat(256)}`]: absent } },
  { title: "a name too long for a directory", make: () => {}, expected: { [`/${"n".repeat(256)}/a`]: absent } },
  {
    title: "a path of 2,000 bytes",
    make: (root) => writeAt(root, `${`/${"n".repeat(199)}`.repeat(10)}/f`, "deep"),
    expected: { [`${`/${"n".repeat(199)}`.repeat(10)}/f`]: file("deep") },
  },
  { title: "a pipe", make: (root) => makePipe(join(root, "f")), expected: { "/f": { kind: "other", what: "pipe" } } },
  {
    title: "a socket",
    make: (root) => makeSocket(join(root, "s")),
    expected: { "/s": { kind: "other", what: "socket" } },
  },
];

const directoryCases: readonly OddPath[] = [
  {
    title: "empty directories, below each other",
    make: (root) => void mkdirSync(join(root, "a/b"), { recursive: true }),
    expected: { "/": directory(false), "/a": directory(false), "/a/b": directory(true) },
  },
  ...[".hidden", "..two", "...", "-", "*", "\n", ".*"].map((name): OddPath => ({
    title: `a directory that holds only ${JSON.stringify(name)}`,
    make: (root) => writeAt(root, `/d/${name}`, ""),
    expected: { "/d": directory(false) },
  })),
  {
    title: "a directory that holds only a dangling link",
    make: (root) => linkAt(root, "/d/l", "nowhere"),
    expected: { "/d": directory(false), "/d/l": link("nowhere") },
  },
  {
    title: "a directory that holds 300 files",
    make: (root) => {
      for (let count = 0; count < 300; count++) writeAt(root, `/d/${count}`, "");
    },
    expected: { "/d": directory(false), "/d/300": absent },
  },
];

const linkCases: readonly OddPath[] = [
  {
    title: "a dangling link",
    make: (root) => linkAt(root, "/l", "nowhere"),
    expected: { "/l": link("nowhere"), "/l/a": absent },
  },
  {
    title: "links that go round",
    make: (root) => {
      linkAt(root, "/a", "b");
      linkAt(root, "/b", "/a");
      linkAt(root, "/self", "self");
    },
    expected: { "/a": link("b"), "/a/x": absent, "/b/x": absent, "/self/x/y": absent, "/self": link("self") },
  },
  {
    title: "an ancestor that is a link to a directory beside it",
    make: (root) => {
      writeAt(root, "/real/f", "text");
      linkAt(root, "/l", "real");
    },
    expected: { "/l": link("real"), "/l/f": file("text"), "/l/none": absent, "/real/f": file("text") },
  },
  {
    title: "an ancestor that is an absolute link: it stays within the root",
    make: (root) => {
      writeAt(root, "/opt/etc/passwd", "inside");
      linkAt(root, "/l", "/opt/etc");
      linkAt(root, "/out", "/etc");
    },
    expected: { "/l/passwd": file("inside"), "/out": link("/etc"), "/out/passwd": absent, "/out/hostname": absent },
  },
  {
    title: "an ancestor that is a link above the root: it stays within the root",
    make: (root) => {
      writeAt(root, "/a/f", "inside");
      linkAt(root, "/a/l", "../../../../../../../../a");
      linkAt(root, "/a/out", "../../../../../../../../../etc");
    },
    expected: { "/a/l/f": file("inside"), "/a/l/l/f": file("inside"), "/a/out/passwd": absent },
  },
  {
    title: "links whose texts have dots and slashes",
    make: (root) => {
      writeAt(root, "/a/b/f", "text");
      linkAt(root, "/one", "./a//b/.././b/");
      linkAt(root, "/two", "//a/b/.");
      linkAt(root, "/three", "a/b/f/");
      linkAt(root, "/four", "a/none/../b");
      linkAt(root, "/five", "a/b/f/..");
      linkAt(root, "/six", "/");
    },
    expected: {
      "/one/f": file("text"),
      "/two/f": file("text"),
      "/three/f": absent,
      "/four/f": absent,
      "/five/f": absent,
      "/six/a/b/f": file("text"),
    },
  },
  ...[40, 41].map((count): OddPath => ({
    title: `${count} links one after another`,
    make: (root) => {
      writeAt(root, "/l0/f", "text");
      for (let number = 1; number <= count; number++) linkAt(root, `/l${number}`, `l${number - 1}`);
    },
    expected: { [`/l${count}/f`]: count === 40 ? file("text") : absent },
  })),
  {
    title: "links that double the way with each step",
    make: (root) => {
      mkdirSync(join(root, "l0"));
      for (let number = 1; number <= 60; number++) {
        linkAt(root, `/l${number}`, `l${number - 1}/../l${number - 1}/.`);
      }
    },
    expected: { "/l60/f": absent, "/l3": link("l2/../l2/.") },
  },
  {
    title: "a link to a name with line breaks and bytes that are no text",
    make: (root) => {
      linkAt(root, "/l", "a\n\n");
      linkAt(root, "/m", Buffer.from([0x61, 0xff, 0x62]));
      writeAt(root, "/a\n\n/f", "text");
    },
    expected: { "/l": link("a\n\n"), "/l/f": file("text"), "/m": link("a\uFFFDb") },
  },
];

/** What a machine may contain, some of it hardly by chance. */
export const oddPaths: readonly OddPath[] = [...nameCases, ...fileCases, ...directoryCases, ...linkCases];
