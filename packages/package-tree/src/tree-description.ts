import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Collision } from "./plan-tree.ts";
import type { TreePackage } from "./tree-package.ts";
import { writeForAll } from "./write-for-all.ts";

/** A program of a tree. */
export interface TreeProgram {
  readonly name: string;
  /** As a program in the tree sees it: "/usr/bin/vi". */
  readonly path: string;
  /** The file that it leads to after all links: "/usr/bin/vim.basic". */
  readonly leadsTo: string;
  /** Name of the package that brings it. */
  readonly package: string;
}

/** A package of a tree. */
export interface PackageOfTree extends Omit<TreePackage, "file"> {
  /** Names of the packages whose programs are meant by who asks for this one: itself, or parts of it. */
  readonly programsOf: readonly string[];
}

/** What a tree says of itself. */
export interface TreeDescription {
  readonly packages: readonly PackageOfTree[];
  /** Sorted by name; where both usr/bin and usr/sbin have one, both are there. */
  readonly programs: readonly TreeProgram[];
  readonly collisions: readonly Collision[];
}

const fileName = "tree.json";

/** Reads what a tree says of itself. */
export function readTreeDescription(tree: string): TreeDescription {
  return JSON.parse(readFileSync(join(tree, fileName), "utf8")) as TreeDescription; // It was written with the tree.
}

/** Writes it; last, since it says that the tree is whole. */
export function writeTreeDescription(tree: string, description: TreeDescription): void {
  writeForAll(join(tree, fileName), `${JSON.stringify(description)}\n`);
}

/**
 * Lists the programs of a tree: what can be run of usr/bin and usr/sbin.
 *
 * @param asked names of packages: only what is meant by who asks for these. @default all programs
 */
export function listPrograms(tree: string, asked?: readonly string[]): readonly TreeProgram[] {
  const { packages, programs } = readTreeDescription(tree);
  if (asked === undefined) return programs;
  const meant = new Set(packages.flatMap(({ name, programsOf }) => (asked.includes(name) ? programsOf : [])));
  return programs.filter((program) => meant.has(program.package));
}
