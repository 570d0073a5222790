import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Program } from "../evaluate/measure.ts";

/** Makes a folder a machine of its own, with nothing but apt and what that needs. */
export function makeRoot(folder: string, base: string): void {
  removeRoot(folder);
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-x", "--numeric-owner", "-f", base, "-C", folder]);
  // Neither program is to start services.
  const policy = join(folder, "usr/sbin/policy-rc.d");
  writeFileSync(policy, "#!/bin/sh\nexit 101\n");
  chmodSync(policy, 0o755);
}

/** Waits for the disk, so that what was prepared for one program is not written while it runs. */
export function settle(folder: string): void {
  execFileSync("sync", ["-f", folder]);
}

/** Removes such a folder. */
export function removeRoot(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Puts files of packages where apt of a root finds them. */
export function addFiles(folder: string, files: readonly string[]): void {
  mkdirSync(join(folder, "files"));
  for (const file of files) cpSync(file, join(folder, "files", basename(file)));
}

/** Has a program run where a root has the processes that packages look at. */
export function withProcesses(folder: string, program: Program): Program {
  const script = 'mount -t proc proc "$1/proc" && shift && exec "$@"';
  return { ...program, command: ["unshare", "--mount", "sh", "-c", script, "sh", folder, ...program.command] };
}

/** apt of a root, installing what words name. */
export function aptOf(
  folder: string,
  { isSynced, name, words }: { isSynced: boolean; name: string; words: string },
): Program {
  const options = [
    "-o",
    "DPkg::Options::=--force-confold",
    ...(isSynced ? [] : ["-o", "DPkg::Options::=--force-unsafe-io"]),
  ];
  const script = `apt-get -q -y ${options.join(" ")} --no-install-recommends install ${words}`;
  return withProcesses(folder, {
    name,
    command: ["chroot", folder, "sh", "-c", script],
    cwd: "/",
    environment: { LC_ALL: "C.UTF-8", DEBIAN_FRONTEND: "noninteractive" },
    output: `${folder}.said`,
  });
}
