import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from "node:fs";

/**
 * Describes every file of the machine whose first process is given, by path,
 * but for what is ignored and what is mounted.
 *
 * No symbolic link is followed, so that no absolute one can lead to this machine.
 */
export function describeFiles(leader: number, isIgnored: (path: string) => boolean): Map<string, string> {
  const mounts = readMountPoints(leader);
  const root = `/proc/${leader}/root`;
  const lines = new Map<string, string>();
  const visit = (path: string): void => {
    if (isIgnored(path) || (path !== "" && mounts.has(path))) return;
    // The slash leads through the link that /proc has for the root.
    const seen = path === "" ? `${root}/` : root + path;
    const isFolder = whileThere(() => {
      const stats = lstatSync(seen);
      lines.set(path === "" ? "/" : path, describe(seen, stats));
      return stats.isDirectory();
    });
    const names = isFolder === true ? whileThere(() => readdirSync(seen)) : undefined;
    for (const name of names?.toSorted() ?? []) visit(`${path}/${name}`);
  };
  visit("");
  return lines;
}

/** Looks at a file; undefined when it is gone: services that run may remove theirs at any time. */
function whileThere<Value>(look: () => Value): Value | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function describe(path: string, stats: Stats): string {
  const mode = (stats.mode & 0o7777).toString(8).padStart(4, "0");
  const owner = `${mode} ${stats.uid}:${stats.gid}`;
  if (stats.isDirectory()) return `folder ${owner}`;
  if (stats.isSymbolicLink()) return `link ${stats.uid}:${stats.gid} to ${readlinkSync(path)}`;
  if (stats.isFile()) return `file ${owner} ${stats.size} ${hashFile(path, stats)}`;
  return `special ${owner} ${(stats.mode & 0o170000).toString(8)} ${stats.rdev}`;
}

/** Hashes of files, by what changes with their contents; most files of hosts are the very files of one base. */
const hashes = new Map<string, string>();

function hashFile(path: string, { ino, size, ctimeMs, mtimeMs }: Stats): string {
  const key = [ino, size, ctimeMs, mtimeMs].join(" ");
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const hash = createHash("sha256").update(readFileSync(path)).digest("hex");
  hashes.set(key, hash);
  return hash;
}

function readMountPoints(leader: number): Set<string> {
  const lines = readFileSync(`/proc/${leader}/mountinfo`, "utf8").split("\n");
  return new Set(lines.map((line) => unescapePath(line.split(" ")[4] ?? "")));
}

/** Spaces and backslashes are written in octal there. */
function unescapePath(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCodePoint(Number.parseInt(octal, 8)));
}
