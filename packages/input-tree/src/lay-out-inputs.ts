import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import type { Lockfile } from "@firn/lock";
import type { TreeExporter } from "@firn/resolve";
import { exportFolder, isExported } from "./exported-tree.ts";
import { inputsFolderName } from "./input-of-file.ts";
import { type InputNodes, listNodes } from "./input-node.ts";
import { linkAreas, planLinks } from "./link-plan.ts";
import { isLinked, listLinks, type PackageLink, readTarget, removeLinks, writeLink } from "./package-link.ts";
import { type FolderPlan, planFolders } from "./planned-folder.ts";
import { withProcessLock } from "./process-lock.ts";
import { holds, listAreas, readStamp, renderRequest, type Stamp, stampName, stateOf, writeStamp } from "./stamp.ts";

/** For what flake inputs are laid out. */
export interface LaidOutOptions {
  /** The flake's folder. */
  readonly root: string;
  readonly lock: Lockfile;
  /** Folders, absolute or relative to the flake, that stand in for inputs by path, as flake.local.yaml wants it. */
  readonly localOverrides?: ReadonlyMap<InputPath, string>;
}

/** How inputs are laid out. */
export interface LayoutOptions extends LaidOutOptions {
  readonly exporter: TreeExporter;
  /** Further addresses of inputs, by path. */
  readonly mirrors?: ReadonlyMap<InputPath, readonly string[]>;
}

/** Inputs that are laid out, or why they are not. */
export interface InputLayout {
  /** Absolute folder of each input in the lock: a copy, or where it stands for one that is a folder of the user. */
  readonly folders: ReadonlyMap<InputPath, string>;
  /** Whether anything had to be written. */
  readonly changed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the folders of inputs that are laid out as their lock says; undefined
 * when {@link layOutInputs} has something to do. It starts no process and reads
 * one small file, so that every command can ask.
 */
export function findLaidOutInputs(options: LaidOutOptions): ReadonlyMap<InputPath, string> | undefined {
  const { lock, localOverrides = new Map() } = options;
  if (!existsSync(options.root)) return undefined;
  const root = realpathSync(options.root);
  const stamp = readStamp(join(root, inputsFolderName));
  if (stamp === undefined) return Object.keys(lock.inputs).length === 0 ? new Map() : undefined;
  if (stamp.request !== renderRequest({ lock, localOverrides }) || !holds(stamp, root)) return undefined;
  return new Map(Object.entries(stamp.folders).map(([path, folder]) => [path, resolve(root, folder)]));
}

/** Tells whether inputs are laid out as their lock says, as cheaply as {@link findLaidOutInputs}. */
export function areInputsLaidOut(options: LaidOutOptions): boolean {
  return findLaidOutInputs(options) !== undefined;
}

/**
 * Lays out the inputs of a flake: each below `.firn/inputs`, its files exported
 * from its repository, with links by which its packages are imported like any
 * others. Where it is killed, the next run goes on.
 *
 * @returns the exporter's problems; `bad-input-tree` for an input whose links
 *   lead out of it, or whose folder does not exist; `package-clash` for two
 *   packages of one name. With a problem no link changes.
 */
export async function layOutInputs(options: LayoutOptions): Promise<InputLayout> {
  const found = findLaidOutInputs(options);
  if (found !== undefined) return { folders: found, changed: false, diagnostics: [] };
  const root = realpathSync(options.root);
  const inputsFolder = join(root, inputsFolderName);
  const link = [join(root, ".firn"), inputsFolder].find((path) => readTarget(path) !== undefined);
  if (link !== undefined)
    return { folders: new Map(), changed: false, diagnostics: [linkedFolder(relative(root, link))] };
  mkdirSync(inputsFolder, { recursive: true });
  writeFileSync(join(root, ".firn", ".gitignore"), "*\n");
  return withProcessLock(join(root, ".firn", ".lock"), async () => {
    const meanwhile = findLaidOutInputs(options);
    if (meanwhile !== undefined) return { folders: meanwhile, changed: false, diagnostics: [] };
    return layOut({ ...options, root }, inputsFolder);
  });
}

/** What is not planned is removed there: through a link from the repository of a stranger, files of the user. */
function linkedFolder(path: string): Diagnostic {
  return {
    code: "bad-input-tree",
    severity: "error",
    message: `Cannot lay out inputs in "${path}": it is a link`,
    marks: [],
    why: ["Whatever is in that folder is replaced, so it must be the flake's own"],
    fix: `rm ${path}`,
  };
}

async function layOut(options: LayoutOptions, inputsFolder: string): Promise<InputLayout> {
  const { root, lock, exporter, mirrors = new Map(), localOverrides = new Map() } = options;
  const listed = listNodes({ root, lock, mirrors, localOverrides });
  const plan = planFolders(listed.nodes, inputsFolder);
  const missing = plan.exported.filter((planned) => !isExported(planned));
  const before = readStamp(inputsFolder);
  // A folder that is replaced is no longer what the earlier lock says, whether or not all goes well from here.
  if (before !== undefined && missing.length > 0) writeStamp(inputsFolder, { ...before, isComplete: false });
  const exports = await Promise.all(missing.map((planned) => exportFolder(planned, exporter)));
  const found = [...listed.diagnostics, ...exports.flat()];
  // What was not exported is absent for a reason that is told already.
  const problems = isFailure(found) ? found : [...found, ...findAbsent(plan)];
  const earlier = before?.links ?? [];
  const links = isFailure(problems)
    ? { links: [], diagnostics: [], watched: [] }
    : await planLinks({
        ...options,
        ...plan,
        inputsFolder,
        nodes: listed.nodes,
        earlier: new Set(earlier.map(({ path }) => path)),
      });
  const diagnostics = [...problems, ...links.diagnostics];
  const folders = foldersByPath(lock, listed, plan);
  if (isFailure(diagnostics)) return { folders, changed: missing.length > 0, diagnostics };
  const stamp: Stamp = {
    isComplete: true,
    request: renderRequest({ lock, localOverrides }),
    folders: Object.fromEntries([...folders].map(([path, folder]) => [path, relative(root, folder)])),
    links: links.links,
    areas: listAreas(root),
    watched: links.watched.map((path) => [path, stateOf(path)]),
  };
  // Links of both are known from here on, so that a killed run leaves none that nobody removes.
  writeStamp(inputsFolder, { ...stamp, isComplete: false, links: [...earlier, ...stamp.links] });
  renewLinks({ root, inputsFolder, earlier, plan }, stamp.links);
  removeOrphans(inputsFolder, plan);
  writeStamp(inputsFolder, stamp);
  return { folders, changed: true, diagnostics };
}

function isFailure(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** A folder of the user may be missing; one in the tree of an input too. */
function findAbsent({ folders }: FolderPlan): Diagnostic[] {
  return [...folders].flatMap(([path, folder]): Diagnostic[] =>
    existsSync(folder) || path === ""
      ? []
      : [
          {
            code: "bad-input-tree",
            severity: "error",
            message: `Cannot lay out the input "${path}": there is no folder "${folder}"`,
            marks: [],
            fix: `Correct the path of "${basename(path)}" in flake.yaml, then run: firn lock`,
          },
        ],
  );
}

function foldersByPath(
  lock: Lockfile,
  { resolve: follow }: InputNodes,
  { folders }: FolderPlan,
): Map<InputPath, string> {
  return new Map(
    Object.keys(lock.inputs).flatMap((path): [InputPath, string][] => {
      const folder = folders.get(follow(path) ?? path);
      return folder === undefined ? [] : [[path, folder]];
    }),
  );
}

interface LayoutState {
  readonly root: string;
  readonly inputsFolder: string;
  readonly earlier: readonly PackageLink[];
  readonly plan: FolderPlan;
}

function renewLinks({ root, inputsFolder, earlier, plan }: LayoutState, links: readonly PackageLink[]): void {
  for (const link of links) if (!isLinked(root, link)) writeLink(root, link);
  const wanted = new Set(links.map(({ path }) => path));
  const shown = linkAreas.flatMap((area) => listLinks(join(root, area, "node_modules")));
  const own = plan.exported.flatMap(({ folder }) => listLinks(join(folder, "node_modules")));
  const found = [...shown, ...own].flatMap((path): PackageLink[] => {
    const target = readTarget(path);
    const isOurs = target !== undefined && resolve(path, "..", target).startsWith(inputsFolder);
    return isOurs ? [{ path: relative(root, path), target }] : [];
  });
  removeLinks(
    root,
    [...earlier, ...found].filter(({ path }) => !wanted.has(path)),
  );
}

/** What is not planned is of older versions, or of a process that was killed. */
function removeOrphans(inputsFolder: string, { exported }: FolderPlan): void {
  const kept = new Set([stampName, ...exported.map(({ folder }) => basename(folder))]);
  for (const name of readdirSync(inputsFolder)) {
    if (!kept.has(name)) rmSync(join(inputsFolder, name), { recursive: true, force: true });
  }
}
