import { DiagnosticError } from "@firn/diagnostic";
import type { Flake } from "@firn/loader";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Puts a commit of a flake into a folder of its own, lets something be done with it, and removes it. */
export async function withFlakeAt<T>(
  { commit, flake }: { flake: Flake; commit: string },
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "firn-commit-"));
  try {
    unpack({ commit, root: flake.root, folder });
    linkPackages(flake.root, folder);
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function unpack({ commit, folder, root }: { commit: string; root: string; folder: string }): void {
  const script = 'git -C "$1" archive --format=tar "$2" -- . >"$3/.archive" && tar -x -f "$3/.archive" -C "$3"';
  const { status, stderr } = spawnSync("sh", ["-c", script, "sh", root, commit, folder], { encoding: "utf8" });
  rmSync(join(folder, ".archive"), { force: true });
  if (status === 0) return;
  throw new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: `Cannot read the commit "${commit}" of the flake`,
      marks: [],
      why: [stderr.trim().split("\n")[0] ?? ""],
      fix: "Name a commit, a branch or a tag that git log shows",
    },
  ]);
}

/** Gives the packages of the commit what theirs have installed: links among each other, and to libraries. */
function linkPackages(root: string, folder: string): void {
  const libraries = join(root, "node_modules");
  if (existsSync(libraries)) symlinkSync(libraries, join(folder, "node_modules"));
  for (const area of ["hosts", "modules"]) {
    if (!existsSync(join(folder, area))) continue;
    for (const name of readdirSync(join(folder, area))) {
      const installed = join(root, area, name, "node_modules");
      const target = join(folder, area, name, "node_modules");
      if (existsSync(installed)) cpSync(installed, target, { recursive: true, verbatimSymlinks: true });
    }
  }
}
