import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Lockfile } from "@firn/lock";
import type { Fetcher } from "@firn/resolve";
import { type FirnOutcome, lockWithFirn } from "./lock-with-firn.ts";
import { type Manifest, renderNix, renderYaml } from "./manifest.ts";
import type { Nix } from "./nix.ts";
import { projectFirn, projectNix, type Side } from "./projection.ts";
import type { Repository } from "./repository.ts";

/** What both tools work with. */
export interface Bench {
  readonly nix: Nix;
  readonly fetcher: Fetcher;
  readonly repositories: readonly Repository[];
  /** Folder that nix' root flake is written to, below root/. */
  readonly folder: string;
}

/** What both tools are asked for. */
export interface PairTask {
  readonly manifest: Manifest;
  /** Inputs to update; without any, the flake is only locked. */
  readonly update?: "all" | readonly string[];
  readonly before?: Locks;
  /** Branches to take instead, by input path. Firn is given the branch, nix the address. */
  readonly overrides?: ReadonlyMap<string, { readonly repository: number; readonly ref: string }>;
}

/** The locks of both tools, each as that tool reads it. */
export interface Locks {
  readonly nix?: string;
  readonly firn?: Lockfile;
}

/** What both tools made of a task. */
export interface Pair {
  readonly nix: Side;
  readonly firn: Side;
  readonly locks: Locks;
  /** Codes of Firn's errors. */
  readonly codes: readonly string[];
}

/** Locks a flake with both tools. */
export async function lockPair(bench: Bench, task: PairTask): Promise<Pair> {
  const nix = await lockWithNix(bench, task);
  const { lock, errors } = await lockFirnSide(bench, task);
  return {
    nix: nix.side,
    firn: sideOfFirn({ ...(lock !== undefined && { lock }), errors }),
    locks: { ...(nix.text !== undefined && { nix: nix.text }), ...(lock !== undefined && { firn: lock }) },
    codes: errors.map(({ code }) => code),
  };
}

async function lockWithNix(
  { nix, folder, repositories }: Bench,
  { manifest, update = [], before, overrides = new Map() }: PairTask,
): Promise<{ side: Side; text?: string }> {
  const urls = repositories.map(({ url }) => url);
  const root = join(folder, "root");
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, "flake.nix"), renderNix(manifest, urls));
  if (before?.nix !== undefined) writeFileSync(join(root, "flake.lock"), before.nix);
  const words = update === "all" ? ["update"] : ["lock", ...update.flatMap((path) => ["--update-input", path])];
  const instead = [...overrides].flatMap(([path, { repository, ref }]) => [
    "--override-input",
    path,
    `git+${urls[repository]}?ref=${ref}`,
  ]);
  const { problem } = await nix.run(folder, [...words, ...instead]);
  if (problem !== undefined) return { side: { problem } };
  const text = readLock(join(root, "flake.lock"));
  return { side: { paths: projectNix(text) }, text };
}

function lockFirnSide(
  { fetcher, repositories }: Bench,
  { manifest, update, before, overrides }: PairTask,
): Promise<FirnOutcome> {
  const flakeFile = renderYaml(
    manifest,
    repositories.map(({ url }) => url),
  );
  const refs = overrides && new Map([...overrides].map(([path, { ref }]) => [path, ref]));
  return lockWithFirn({
    flakeFile,
    fetcher,
    ...(before?.firn !== undefined && { previous: before.firn }),
    ...(update !== undefined && { update }),
    ...(refs !== undefined && { overrides: refs }),
  });
}

function sideOfFirn({ lock, errors }: FirnOutcome): Side {
  if (lock !== undefined) return { paths: projectFirn(lock) };
  return { problem: errors.map(({ code, message }) => `${code}: ${message}`).join("\n") };
}

/** Nix writes no lock for a flake that has no inputs and never had one. */
function readLock(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return '{ "nodes": { "root": {} }, "root": "root", "version": 7 }\n';
  }
}
