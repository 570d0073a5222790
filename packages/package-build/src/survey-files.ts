import { chmodSync, lstatSync, readdirSync, type Stats } from "node:fs";
import { join } from "node:path";
import { buildFailure } from "./build-failure.ts";

/** What a package has; paths are below its root. */
export interface SurveyedFiles {
  /** Paths of its files. */
  readonly files: readonly string[];
  /** What it takes on a machine, in KiB, as Debian counts. */
  readonly size: number;
}

/** Folders that are links on a machine whose /usr is merged. */
const linked = /^(?:bin|sbin|lib\w*)$/;

/**
 * Lists what a package has, and lets who packs it read all of it.
 *
 * @throws DiagnosticError "build-failed" for what no package can have
 */
export function surveyFiles(name: string, root: string): SurveyedFiles {
  const files: string[] = [];
  let size = 0;
  const visit = (path: string, status: Stats): void => {
    const problem = problemOf(path, status);
    if (problem !== undefined)
      throw buildFailure(`Cannot pack the package "${name}": ${problem[0]}`, { fix: problem[1] });
    size += status.isFile() ? Math.ceil(status.size / 1024) : 1;
    if (status.isFile()) files.push(path);
    if (!status.isSymbolicLink()) openMode(join(root, path), status);
    if (status.isDirectory())
      for (const entry of listFolder(join(root, path))) visit(`${path}/${entry}`, lstatSync(join(root, path, entry)));
  };
  chmodSync(root, 0o755);
  for (const entry of listFolder(root)) visit(entry, lstatSync(join(root, entry)));
  return { files, size };
}

function problemOf(path: string, status: Stats): readonly [what: string, fix: string] | undefined {
  if (linked.test(path)) return [`it has "/${path}", which is a link to /usr/${path}`, `Put that in $out/usr/${path}`];
  if (path === "DEBIAN") return ['it has "/DEBIAN", which would be scripts of the package', "Give it another name"];
  if (path.includes("\n")) return [`it has a name of two lines: ${JSON.stringify(path)}`, "Rename it"];
  if (status.isFile() || status.isDirectory() || status.isSymbolicLink()) return undefined;
  return [`it has "/${path}", which is no file, folder or link`, "Have it made when it is needed"];
}

function listFolder(folder: string): string[] {
  return readdirSync(folder).toSorted();
}

function openMode(path: string, status: Stats): void {
  const mode = (status.mode & 0o7777) | (status.isDirectory() ? 0o700 : 0o400);
  if (mode !== (status.mode & 0o7777)) chmodSync(path, mode);
}
