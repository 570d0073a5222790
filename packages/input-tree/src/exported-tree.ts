import {
  chmodSync,
  type Dirent,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { ExportRequest, TreeExporter } from "@firn/resolve";
import type { PlannedFolder } from "./planned-folder.ts";

/** Where a folder says what it was exported from; links to packages are beside it, and an input has no such folder of its own. */
const marker = join("node_modules", ".exported");

/** Tells whether a folder has the files that are planned for it. */
export function isExported({ folder, request }: Pick<PlannedFolder, "folder" | "request">): boolean {
  try {
    return readFileSync(join(folder, marker), "utf8") === markerOf(request);
  } catch {
    return false;
  }
}

function markerOf({ source, commit, dir, submodules, integrity }: ExportRequest): string {
  return `${integrity ?? JSON.stringify([source.git, commit, dir, submodules])}\n`;
}

/**
 * Exports a folder: it is written and looked through beside its place, and takes
 * that at once when nothing is wrong with it.
 *
 * @returns the exporter's problems, and `bad-input-tree` for a link that leaves the folder
 */
export async function exportFolder(planned: PlannedFolder, exporter: TreeExporter): Promise<readonly Diagnostic[]> {
  const { folder, path, request } = planned;
  const staged = join(dirname(folder), `.new-${process.pid}-${basename(folder)}`);
  rmSync(staged, { recursive: true, force: true });
  const outcome = await exporter.exportTree(request, staged);
  const { value } = outcome;
  const diagnostics = outcome.diagnostics.map((diagnostic) => nameInput(diagnostic, path));
  if (value === undefined) return diagnostics;
  const problems = settleTree(realpathSync(staged)).map((link) => strayLink(path, link));
  if (problems.length > 0) {
    rmSync(staged, { recursive: true, force: true });
    return [...diagnostics, ...problems];
  }
  mkdirSync(join(staged, "node_modules"));
  writeFileSync(join(staged, marker), markerOf(request));
  replaceFolder(folder, staged);
  return diagnostics;
}

function nameInput(diagnostic: Diagnostic, input: string): Diagnostic {
  return { ...diagnostic, why: [...(diagnostic.why ?? []), `It is needed for the input "${input}"`] };
}

/** A folder that is not empty cannot be renamed over. */
function replaceFolder(folder: string, staged: string): void {
  const old = join(dirname(folder), `.old-${process.pid}-${basename(folder)}`);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(staged, folder);
  rmSync(old, { recursive: true, force: true });
}

interface StrayLink {
  readonly link: string;
  readonly target: string;
}

/**
 * Makes the files of a tree read-only, since an edit in them would be lost,
 * takes out any node_modules, since an input brings no engine, and lists the
 * links that lead out.
 */
function settleTree(tree: string): StrayLink[] {
  const entries = readdirSync(tree, { withFileTypes: true, recursive: true });
  return entries.flatMap((entry): StrayLink[] => {
    const path = join(entry.parentPath, entry.name);
    const below = relative(tree, path);
    if (below.split(sep).slice(0, -1).some(isNodeModules)) return [];
    if (isNodeModules(entry.name)) {
      rmSync(path, { recursive: true });
      return [];
    }
    return settleEntry(entry, path, tree);
  });
}

/** Some file systems take upper and lower case for the same. */
function isNodeModules(name: string): boolean {
  return name.toLowerCase() === "node_modules";
}

function settleEntry(entry: Dirent, path: string, tree: string): StrayLink[] {
  if (entry.isFile()) protect(path);
  if (!entry.isSymbolicLink()) return [];
  const target = readlinkSync(path);
  return isWithin(tree, path, target) ? [] : [{ link: relative(tree, path), target }];
}

function protect(file: string): void {
  const isExecutable = (statSync(file).mode & 0o100) !== 0;
  chmodSync(file, isExecutable ? 0o555 : 0o444);
}

/** A link must stay inside as it is written, away from any node_modules, and through the other links that it leads to. */
function isWithin(tree: string, link: string, target: string): boolean {
  // There, links to other inputs will be, and ".." after them leads further than it says.
  if (target.split("/").some(isNodeModules)) return false;
  if (isAbsolute(target) || !isBelow(tree, resolve(dirname(link), target))) return false;
  // The other realpathSync takes ".." after a link for the folder that the link is in.
  return !existsSync(link) || isBelow(tree, realpathSync.native(link));
}

function isBelow(tree: string, path: string): boolean {
  return path === tree || path.startsWith(tree + sep);
}

function strayLink(input: string, { link, target }: StrayLink): Diagnostic {
  return {
    code: "bad-input-tree",
    severity: "error",
    message: `Cannot lay out the input "${input}": its link "${link}" leads out of it`,
    marks: [],
    why: [
      `The link leads to "${target}"`,
      "An input is complete in itself, so that it means the same on every machine",
    ],
    fix: `Lock a version of "${input}" without that link: firn update ${input}`,
  };
}
