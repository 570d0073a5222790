import { existsSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { LocalReader, LocalTree, Outcome } from "@firn/resolve";
import { findFile } from "./whole-file.ts";

/** Reads the folders that a flake's inputs may be: those of its repository, wherever links lead. */
export function localFolders(root: string): LocalReader {
  const repository = repositoryOf(realpathSync(root));
  return {
    async readTree(path): Promise<Outcome<LocalTree>> {
      const folder = join(root, path);
      if (!existsSync(folder)) return { diagnostics: [missing(path, folder)] };
      const real = realpathSync(folder);
      if (real !== repository && !real.startsWith(repository + sep)) return { diagnostics: [outside(path, real)] };
      const flakeFile = findFile(join(folder, "flake.yaml"));
      const lockFile = findFile(join(folder, "lockfile.json"));
      const tree = { ...(flakeFile !== undefined && { flakeFile }), ...(lockFile !== undefined && { lockFile }) };
      return { value: tree, diagnostics: [] };
    },
  };
}

/** Finds the folder that git keeps: others get the inputs below it with the flake. */
function repositoryOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    if (existsSync(join(folder, ".git"))) return folder;
    if (dirname(folder) === folder) return root;
  }
}

function missing(path: string, folder: string): Diagnostic {
  return {
    code: "fetch-failed",
    severity: "error",
    message: `Cannot find the folder "${path}" of the flake`,
    marks: [],
    why: [`There is nothing at ${folder}`],
    fix: 'Correct the "path"',
  };
}

function outside(path: string, real: string): Diagnostic {
  return {
    code: "forbidden-source",
    severity: "error",
    message: `Cannot take the folder "${path}" as an input: it is not in the repository of the flake`,
    marks: [],
    why: [`It leads to ${real}, which nobody else has`],
    fix: "Move it into the repository, or make it an input with git",
  };
}
