import { createHash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from "node:fs";
import { join } from "node:path";

/** Where Firn keeps its things in a folder that stands for a machine. */
const state = "var/lib/firn";

/** What is not compared as a part of the machine: contents, numbers of folders, and who holds the lock. */
const apart: ReadonlySet<string> = new Set(["store", "installed", "current", "lock"].map((name) => `${state}/${name}`));

/** Files of before this moment are the user's, whose times must not change; in milliseconds since 1970. */
const userTime = Date.UTC(2010, 0);

/**
 * Lists all that a machine is: each path with kind, mode, owner and content, the
 * user's files with their times, and what is current. The store is left out.
 */
export function listMachine(root: string): string[] {
  return [...visit(root, ""), ...currentLines(root)];
}

/** Lists what is in the store, to the last byte. */
export function listStore(root: string): string[] {
  const store = join(root, state, "store");
  return existsSync(store) ? visit(store, "") : [];
}

function visit(root: string, below: string): string[] {
  return readdirSync(join(root, below))
    .toSorted()
    .flatMap((name) => {
      const path = below === "" ? name : `${below}/${name}`;
      if (apart.has(path)) return [];
      const line = `${path} ${describe(join(root, path), path)}`;
      return lstatSync(join(root, path)).isDirectory() ? [line, ...visit(root, path)] : [line];
    });
}

function describe(at: string, path: string): string {
  const stats = lstatSync(at);
  const time = stats.mtimeMs < userTime && !stats.isDirectory() ? ` ${stats.mtimeMs}` : "";
  return `${stats.mode.toString(8)} ${stats.uid}:${stats.gid}${time} ${contentOf(at, { path, stats })}`.trimEnd();
}

function contentOf(at: string, { path, stats }: { path: string; stats: Stats }): string {
  if (stats.isSymbolicLink()) return `-> ${readlinkSync(at)}${existsSync(at) ? "" : " (nowhere)"}`;
  if (!stats.isFile()) return "";
  // It says when it was switched to.
  if (path.startsWith(`${state}/generations/`)) return readFileSync(at, "utf8").replace(/"time":"[^"]*"/, "");
  return createHash("sha256").update(readFileSync(at)).digest("hex");
}

/** The numbers of folders below `installed` differ from run to run; what is in them must not. */
function currentLines(root: string): string[] {
  const current = join(root, state, "current");
  const folders = existsSync(join(root, state, "installed")) ? readdirSync(join(root, state, "installed")) : [];
  const left = `${folders.length} installed`;
  if (!existsSync(current)) return [left];
  const [number, record] = ["number", "record.json"].map((name) => readFileSync(join(current, name), "utf8"));
  return [left, `current ${readlinkSync(join(current, "generation"))} ${number} ${record}`];
}
