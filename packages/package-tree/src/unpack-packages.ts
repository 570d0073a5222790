import { createHash } from "node:crypto";
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { DiagnosticError } from "@firn/diagnostic";
import { workThrough } from "@firn/download";
import { type PackageContents, settleContents } from "./package-contents.ts";
import { runProgram } from "./run-program.ts";
import { treeFailure } from "./tree-failure.ts";
import type { TreePackage } from "./tree-package.ts";
import { codeOf, withUnfinishedFolder } from "./unfinished-folder.ts";

/** How to unpack packages. */
export interface UnpackOptions {
  readonly folder: string;
  /** Is told how many are unpacked, of those that were not. */
  readonly progress?: (done: number, total: number) => void;
}

/** So many are made durable at once: one after another would keep the disk longer than the work does. */
const most = 64;

/** Names the folder of an unpacked package. */
export function unpackedFolder(folder: string, { sha256 }: Pick<TreePackage, "sha256">): string {
  return join(folder, "unpacked", sha256);
}

/** Changes with what is written there, so that what an older version wrote is not read. */
const contentsFile = "contents-1.json";

/** Reads what an unpacked package has. */
export function readContents(folder: string, item: Pick<TreePackage, "sha256">): PackageContents {
  const unpacked = unpackedFolder(folder, item);
  const written = join(unpacked, contentsFile);
  if (!existsSync(written)) return settleContents(join(unpacked, "files"));
  return JSON.parse(readFileSync(written, "utf8")) as PackageContents; // It was written when the package was unpacked.
}

/**
 * Unpacks packages that are not unpacked yet, two at a time. One that was
 * interrupted, by a kill or a loss of power, is unpacked again.
 *
 * @throws DiagnosticError "tree-failed", "integrity-mismatch"
 */
export async function unpackPackages(packages: readonly TreePackage[], options: UnpackOptions): Promise<void> {
  const { folder, progress } = options;
  const missing = packages.filter((item) => !existsSync(unpackedFolder(folder, item)));
  if (missing.length === 0) return;
  mkdirSync(join(folder, "unpacked"), { recursive: true, mode: 0o755 });
  let done = 0;
  for (let start = 0; start < missing.length; start += most)
    await withUnfinishedFolder(folder, async (unfinished) => {
      const some = missing.slice(start, start + most);
      await workThrough(some, { count: 2, stop: new AbortController() }, async (item) => {
        await unpackPackage(item, join(unfinished, item.sha256));
        progress?.(++done, missing.length);
      });
      await makeDurable(unfinished);
      for (const { sha256 } of some) keep(join(unfinished, sha256), unpackedFolder(folder, { sha256 }));
    });
}

async function unpackPackage(item: TreePackage, folder: string): Promise<void> {
  await checkFile(item);
  mkdirSync(folder, { mode: 0o755 });
  const files = join(folder, "files");
  const output = await runProgram("dpkg-deb", ["--raw-extract", item.file, files]);
  if (output === undefined)
    throw treeFailure("Cannot unpack packages", {
      why: ['There is no program "dpkg-deb"'],
      fix: "Install the package dpkg of the distribution",
    });
  if (output.status !== 0)
    throw treeFailure(`Cannot unpack "${item.name}" ${item.version}`, {
      why: output.stderr.trim().split("\n").slice(-3),
      fix: "Make room if the disk is full; otherwise look at the file, or lock another version",
    });
  writeFileSync(join(folder, contentsFile), JSON.stringify(settleContents(files)));
}

async function checkFile({ file, name, sha256, version }: TreePackage): Promise<void> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file), hash);
  const actual = hash.digest("hex");
  if (actual === sha256) return;
  const message = `Cannot unpack "${name}" ${version}: its file is not the one that was locked`;
  const why = [`The file is "${file}"`, `Its sha256 is ${actual}`, `The locked one is ${sha256}`];
  const problem = { code: "integrity-mismatch", severity: "error", marks: [] } as const;
  throw new DiagnosticError([{ ...problem, message, why, fix: "Remove the file, and fetch it again" }]);
}

/** Waits until the files below a folder would survive a loss of power. */
export async function makeDurable(folder: string): Promise<void> {
  await runProgram("sync", ["-f", folder]);
}

/** Renames what is finished to where it belongs, unless another process was quicker. @returns whether it is this one */
export function keep(finished: string, place: string): boolean {
  try {
    renameSync(finished, place);
    return true;
  } catch (thrown) {
    if (["EEXIST", "ENOTEMPTY"].includes(codeOf(thrown) ?? "")) return false;
    throw thrown;
  }
}
