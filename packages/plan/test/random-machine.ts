import type { ManagedDirectory, ManagedFile, ManagedHome, Manifest } from "@firn/manifest";
import { type Arbitrary, array, constantFrom, dictionary, oneof, option, record, uniqueArray } from "fast-check";
import type { MemoryMachine } from "./memory-machine.ts";
import type { MemoryTree, TreeNode } from "./memory-tree.ts";

/** A manifest that has nothing. */
export const nothing: Manifest = {
  version: 1,
  host: "web",
  files: {},
  directories: {},
  users: {},
  groups: {},
  homes: {},
  hooks: {},
  checks: { before: {}, after: {} },
  takeOver: [],
};

// Many are below others, so that what is a file for one manifest is a directory for the next.
const systemPaths = ["/a", "/a/b", "/a/b/c", "/a/b/d", "/e/f", "/e/f/g", "/l/x", "/l/y/z"] as const;
const homePaths = [".x", "c", "c/y", "c/y/z"] as const;

/** Paths at which manifests, users and distributions meet. */
export const meetingPaths: readonly string[] = [
  ...systemPaths,
  "/e",
  "/l/y",
  ...homePaths.map((path) => `/home/ada/${path}`),
];

const mode = constantFrom("0644", "0600", "4755");
const content = constantFrom("one", "two");
const owner = { user: "root", group: "root" };
const file: Arbitrary<ManagedFile> = oneof(
  record({ kind: constantFrom("link" as const), content }),
  content.chain((text) => mode.map((each) => ({ kind: "file" as const, content: text, mode: each, ...owner }))),
  record({ kind: constantFrom("symlink" as const), target: constantFrom("/nowhere", "/else") }),
);
const directory: Arbitrary<ManagedDirectory> = record({
  mode: constantFrom("0755", "0700"),
  user: constantFrom("root", "ada"),
  group: constantFrom("root"),
});

function drafts(paths: readonly string[]): Arbitrary<Pick<ManagedHome, "files" | "directories">> {
  return record({
    files: dictionary(constantFrom(...paths), file, { maxKeys: 5 }),
    directories: dictionary(constantFrom(...paths), directory, { maxKeys: 2 }),
  }).map(({ directories, files }) => {
    const isBelowFile = (path: string): boolean => Object.keys(files).some((each) => path.startsWith(`${each}/`));
    const entries = Object.entries(directories).filter(([path]) => files[path] === undefined && !isBelowFile(path));
    return {
      files: Object.fromEntries(Object.entries(files).filter(([path]) => !isBelowFile(path))),
      directories: Object.fromEntries(entries),
    };
  });
}

/** Manifests in which nothing is below a file, as all are that were read. */
export const manifests: Arbitrary<Manifest> = record({
  system: drafts(systemPaths),
  home: option(drafts(homePaths), { nil: undefined }),
}).map(({ home, system }) => ({
  ...nothing,
  ...system,
  homes: home === undefined ? {} : { ada: { ...home, hooks: {} } },
}));

/** Something on a machine that is none of Firn's. */
export interface ForeignThing {
  readonly path: string;
  readonly what: "file" | "same" | "link" | "directory" | "full" | "pipe";
}

const what = constantFrom<ForeignThing["what"][]>("file", "same", "link", "directory", "full", "pipe");

/** Things at paths where manifests may have something. */
export const foreignThings: Arbitrary<ForeignThing[]> = uniqueArray(
  record({ path: constantFrom(...meetingPaths), what }),
  { selector: ({ path }) => path, maxLength: 5 },
);

/** Owner of the link at "/l", which leads to a directory; nobody where there is no such link. */
export const linkOwners: Arbitrary<number | undefined> = constantFrom(undefined, 0, 1000);

/** Puts things on a machine, parents first; what cannot be where it is to be is left out. */
export function putForeign(machine: MemoryMachine, things: readonly ForeignThing[], linkOwner?: number): void {
  const { tree } = machine;
  const ada = { uid: 1000, gid: 1000 };
  tree.put("/home", { kind: "directory", mode: "0755", uid: 0, gid: 0 });
  tree.put("/home/ada", { kind: "directory", mode: "0750", ...ada });
  tree.put("/else", { kind: "directory", mode: "0755", uid: 0, gid: 0 });
  if (linkOwner !== undefined) tree.put("/l", { kind: "symlink", target: "/else", uid: linkOwner, gid: 0 });
  for (const { path, what: kind } of things.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    if (tree.find(path) !== undefined || !makeParents(tree, path)) continue;
    const text = kind === "same" ? "one" : `foreign ${path}`;
    if (kind === "link") tree.put(path, { kind: "symlink", target: "/foreign", ...ada });
    else if (kind === "pipe") tree.put(path, { kind: "other", what: "pipe", ...ada });
    else if (kind === "file" || kind === "same") tree.put(path, { kind: "file", content: text, mode: "0640", ...ada });
    else tree.put(path, { kind: "directory", mode: "0711", ...ada });
    if (kind === "full") tree.put(`${path}/inside`, { kind: "file", content: text, mode: "0640", ...ada });
  }
}

function makeParents(tree: MemoryTree, path: string): boolean {
  const parent = path.slice(0, Math.max(1, path.lastIndexOf("/")));
  const node = tree.find(parent);
  if (node !== undefined) return node.kind === "directory" || (node.kind === "symlink" && node.target === "/else");
  if (!makeParents(tree, parent)) return false;
  tree.put(parent, { kind: "directory", mode: "0755", uid: 0, gid: 0 });
  return true;
}

/** Something that somebody does to a machine by hand. */
export interface Deed {
  readonly path: string;
  readonly what: "write" | "link" | "remove" | "mkdir" | "chmod" | "fill";
}

/** Deeds at paths where manifests may have something. */
export const deeds: Arbitrary<Deed[]> = array(
  record({
    path: constantFrom(...meetingPaths),
    what: constantFrom<Deed["what"][]>("write", "link", "remove", "mkdir", "chmod", "fill"),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Does what can be done; whatever is written is foreign. */
export function doByHand({ tree }: MemoryMachine, { path, what: deed }: Deed, number: string): void {
  const node = tree.find(path);
  const ada = { uid: 1000, gid: 1000 };
  const written: TreeNode = { kind: "file", content: `foreign ${number}`, mode: "0600", ...ada };
  if (!tree.canHold(path)) return;
  if (deed === "fill" || deed === "chmod") {
    if (node?.kind !== "directory") return;
    if (deed === "chmod") tree.adjust(path, { ...node, mode: "0770" });
    else tree.put(`${path}/by-hand-${number}`, written);
    return;
  }
  tree.take(path);
  if (deed === "write") tree.put(path, written);
  if (deed === "link") tree.put(path, { kind: "symlink", target: `/foreign ${number}`, ...ada });
  if (deed === "mkdir") tree.put(path, { kind: "directory", mode: "0700", ...ada });
}

/** Tells whether a content or a target is none of Firn's. */
export function isForeign(text: string): boolean {
  return text.includes("foreign");
}
