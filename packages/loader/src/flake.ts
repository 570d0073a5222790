import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";

/** A flake on this machine: a pnpm workspace with a flake.yaml. */
export interface Flake {
  /** Absolute path of its folder, without symbolic links. */
  readonly root: string;
}

/** What the search for a flake gave: the flake, or the reason why there is none. */
export interface FoundFlake {
  readonly flake?: Flake;
  readonly diagnostics: readonly Diagnostic[];
}

/** The files that together make a folder a flake. */
export const flakeFiles = ["flake.yaml", "pnpm-workspace.yaml"] as const;

/**
 * Finds the flake that a folder belongs to: the nearest folder upwards that has
 * both flake.yaml and pnpm-workspace.yaml. Reads neither.
 *
 * @param from a folder, usually the working directory
 */
export function findFlake(from: string): FoundFlake {
  const folders = ancestors(resolve(from));
  const root = folders.find((folder) => missingFiles(folder).length === 0);
  if (root !== undefined) return { flake: { root: realpathSync(root) }, diagnostics: [] };
  return { diagnostics: [noFlake(folders)] };
}

/** Lists a folder and all folders above it, nearest first. */
function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}

function missingFiles(folder: string): string[] {
  return flakeFiles.filter((file) => !existsSync(join(folder, file)));
}

function noFlake(folders: readonly string[]): Diagnostic {
  const [from = "."] = folders;
  const half = folders.filter((folder) => missingFiles(folder).length === 1);
  return {
    code: "no-flake",
    severity: "error",
    message: `Cannot find a flake in "${from}" or above it`,
    marks: [],
    why: [
      `A flake is a folder with ${flakeFiles.join(" and ")}`,
      ...half.map((folder) => `"${folder}" has no ${missingFiles(folder).join()}`),
      `Looked in ${folders.map((folder) => `"${folder}"`).join(", ")}`,
    ],
    fix: "Run firn in the folder of a flake",
  };
}
