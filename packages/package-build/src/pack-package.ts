import { createHash } from "node:crypto";
import { chmodSync, closeSync, mkdirSync, openSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderControl } from "@firn/own-package";
import type { OwnCandidate } from "@firn/package-manager";
import { buildFailure } from "./build-failure.ts";
import { dateAll } from "./place-sources.ts";
import { runProgram } from "./run-program.ts";
import { surveyFiles } from "./survey-files.ts";

/** What to pack. */
export interface PackageToPack {
  readonly candidate: OwnCandidate;
  /** Folder with its files as below the root of a machine; what describes it is added. */
  readonly root: string;
  /** Where the package goes. */
  readonly file: string;
  /** When all of it was changed, in seconds since 1970. */
  readonly date: number;
}

/**
 * Packs files to a package for dpkg. Equal ones are equal to the last byte: all
 * belongs to root, has one time, and is not compressed, which would depend on
 * the version of who does it. What is below /etc is configuration.
 *
 * @throws DiagnosticError "build-failed"
 */
export async function packPackage({ candidate, date, file, root }: PackageToPack): Promise<void> {
  const { name } = candidate;
  const { files, size } = surveyFiles(name, root);
  const about = {
    control: renderControl(candidate, size),
    conffiles: files.flatMap((path) => (path.startsWith("etc/") ? `/${path}\n` : [])).join(""),
    md5sums: files.flatMap((path) => (path.startsWith("etc/") ? [] : `${md5(join(root, path))}  ${path}\n`)).join(""),
  };
  mkdirSync(join(root, "DEBIAN"));
  for (const [part, text] of Object.entries(about)) if (text !== "") writePart(join(root, "DEBIAN", part), text);
  chmodSync(join(root, "DEBIAN"), 0o755);
  dateAll(root, date);
  const args = ["--root-owner-group", "-Znone", "--build", root, file];
  const { said, status } = await runProgram({
    program: "dpkg-deb",
    args,
    environment: { SOURCE_DATE_EPOCH: `${date}` },
  });
  if (status === 0) return;
  const why = said.trim().split("\n").slice(-3);
  throw buildFailure(`Cannot pack the package "${name}"`, {
    why,
    fix: "Make room if the disk is full; otherwise look at its files",
  });
}

function writePart(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o644);
}

/** What dpkg --verify compares with; piece by piece, since a file may be larger than memory. */
function md5(file: string): string {
  const hash = createHash("md5");
  const piece = Buffer.allocUnsafe(1024 * 1024);
  const opened = openSync(file, "r");
  try {
    for (let length = readSync(opened, piece); length > 0; length = readSync(opened, piece))
      hash.update(piece.subarray(0, length));
  } finally {
    closeSync(opened);
  }
  return hash.digest("hex");
}
