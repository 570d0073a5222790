import { treeRunner } from "./tree-runner.ts";

/** How to run something in a tree. */
export interface RunnerOptions {
  /** Folder of the tree, on the machine where it is used; absolute. */
  readonly tree: string;
  /** Whether the machine's own /usr/local is left out. @default false */
  readonly isPure?: boolean;
}

/** That of the machine, which is there before the tree is mounted. */
export const perl = "/usr/bin/perl";

/** Lists the arguments of perl that come before the program to run and its arguments. @param report number of the file that is told of failures; 0 for the user */
export function runnerArguments({ isPure = false, tree }: RunnerOptions, report = 0): string[] {
  return ["-e", treeRunner, "--", tree, isPure ? "" : "1", `${report}`];
}
