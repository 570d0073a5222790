import { chmodSync, copyFileSync, linkSync, lstatSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { certificateBundle, joinCertificates, linkCertificates } from "./certificate-bundle.ts";
import { addAlternatives } from "./choose-alternatives.ts";
import { findProviders } from "./find-providers.ts";
import { findPrograms } from "./find-programs.ts";
import { addLink, type FileInTree, type PackageInTree, planFiles, type TreePlan } from "./plan-tree.ts";
import { type TreeDescription, writeTreeDescription } from "./tree-description.ts";
import type { TreePackage } from "./tree-package.ts";
import { configurationFolder, relativePath, treePath } from "./tree-paths.ts";
import { codeOf } from "./unfinished-folder.ts";
import { readContents, unpackedFolder } from "./unpack-packages.ts";
import { writeForAll } from "./write-for-all.ts";

/** Joins unpacked packages to a tree, in a folder that is not there yet. @param folder where the packages are unpacked */
export function joinTree(packages: readonly TreePackage[], folder: string, tree: string): TreeDescription {
  const inTree = packages.map((item): PackageInTree => ({ item, contents: readContents(folder, item) }));
  const locate = ({ from, path }: FileInTree): string => join(unpackedFolder(folder, from.item), "files", path);
  const plan = planFiles(inTree, (one, other) => readFileSync(locate(one)).equals(readFileSync(locate(other))));
  addAlternatives(plan, inTree);
  addShell(plan);
  linkCertificates(plan);
  makeFolders(plan, tree);
  linkEntries(plan, tree, locate);
  const bundle = joinCertificates(plan, locate);
  if (bundle !== undefined) writeForAll(join(tree, certificateBundle), bundle);
  const programs = findPrograms(
    plan,
    (entry) => entry.kind === "file" && (lstatSync(locate(entry)).mode & 0o111) !== 0,
  );
  const providers = findProviders(inTree, programs);
  const described = inTree.map((each) => {
    const { architecture, name, sha256, version } = each.item;
    return { name, version, architecture, sha256, programsOf: providers.get(each) ?? [] };
  });
  const description = { packages: described, programs, collisions: plan.collisions };
  writeTreeDescription(tree, description);
  return description;
}

/** Older packages have their script make it; without it, no script runs. */
function addShell(plan: TreePlan): void {
  const shell = plan.entries.get("usr/bin/dash") ?? plan.entries.get("usr/bin/bash");
  if (shell?.kind === "file") addLink(plan, "bin/sh", { from: shell.from, leadsTo: shell.path });
}

/** What other folders are mounted on, or put into, is always there. */
const ownFolders = ["usr", "usr/local", "usr/lib", "usr/lib/firn"];

function makeFolders(plan: TreePlan, tree: string): void {
  const folders = new Set([...ownFolders, ...plan.folders.keys()]);
  mkdirSync(tree, { mode: 0o755 });
  for (const folder of [...folders].toSorted()) mkdirSync(join(tree, folder), { mode: 0o755 });
  // Those who may not write need not be kept from reading by what the user set for other files.
  if ((process.umask() & 0o055) !== 0) for (const folder of ["", ...folders]) chmodSync(join(tree, folder), 0o755);
}

function linkEntries(plan: TreePlan, tree: string, locate: (file: FileInTree) => string): void {
  const configured = listParents(plan);
  for (const [place, entry] of plan.entries) {
    const path = `${tree}/${place}`;
    if (entry.kind === "file") linkFile(locate(entry), path);
    else symlinkSync(renderTarget(place, entry.leadsTo, configured), path);
  }
}

/** Lists the configuration that packages bring, and folders that have some. */
function listParents(plan: TreePlan): ReadonlySet<string> {
  const found = new Set<string>();
  for (const place of plan.entries.keys())
    for (let path = place; path.length > configurationFolder.length && path.startsWith(configurationFolder);) {
      found.add(path);
      path = path.slice(0, path.lastIndexOf("/"));
    }
  return found;
}

/** A link that stays in the tree leads there from outside, too; one to what only the machine has, to the machine. */
function renderTarget(link: string, leadsTo: string, configured: ReadonlySet<string>): string {
  const place = treePath(leadsTo);
  const isOfMachine = place?.startsWith(configurationFolder) && !configured.has(place);
  return place === undefined || isOfMachine ? `/${leadsTo}` : relativePath(link, place);
}

/** Where a file has as many names as its file system allows, the tree has a copy. */
function linkFile(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (thrown) {
    if (codeOf(thrown) !== "EMLINK") throw thrown;
    copyFileSync(from, to);
  }
}
