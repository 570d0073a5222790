import { join } from "node:path";
import type { Program } from "../evaluate/measure.ts";
import type { DebianCopy } from "./archive.ts";
import { writeFlake } from "./flake.ts";
import { names } from "./names.ts";

/** What all parts share. */
export interface Bench {
  /** Folder that is removed in the end. */
  readonly folder: string;
  /** Of the server, without a slash at the end. */
  readonly address: string;
  readonly copy: DebianCopy;
  readonly rounds: number;
}

/** What is asked for where files are needed: the copy has those of each. */
export const sets: Readonly<Record<"fetched" | "few" | "many" | "started", readonly string[]>> = {
  fetched: names.slice(0, 10),
  few: ["git", "jq", "tmux", "zsh"],
  many: names.slice(0, 30),
  started: ["coreutils"],
};

/** The command line as it is bundled, from the root of the workspace. */
export const cli: string = join(process.cwd(), "packages/cli/dist/firn.cjs");

/** Writes a flake that asks for packages, and gives its folder. */
export function flakeOf({ address, copy, folder }: Bench, asked: readonly string[]): string {
  const flake = join(folder, `flake-${asked.length}`);
  writeFlake(flake, address, { copy, names: asked });
  return flake;
}

/** A run of the command. */
export interface FirnRun {
  readonly name: string;
  readonly flake: string;
  readonly args: readonly string[];
  /** @default true */
  readonly isSynced?: boolean;
}

/** Gives a run of the command in a flake. */
export function firn({ folder }: Bench, { args, flake, isSynced = true, name }: FirnRun): Program {
  return {
    name,
    command: [process.execPath, cli, ...args],
    cwd: flake,
    environment: { XDG_CACHE_HOME: cacheOf(folder), NO_COLOR: "1", CI: "", ...(!isSynced && { FIRN_NO_SYNC: "1" }) },
    output: join(folder, "said"),
  };
}

/** Where the command keeps what can be made again. */
export function cacheOf(folder: string): string {
  return join(folder, "cache");
}

/** Gives a run of what is measured without the command around it. */
export function child(
  { folder }: Bench,
  { cache, name, part, flake }: { cache: string; name: string; part: string; flake: string },
): Program {
  const words = ["packages", "--child", part, "--flake", flake, "--cache", cache];
  return {
    name,
    command: [process.execPath, process.argv[1] ?? "", ...words],
    cwd: folder,
    output: join(folder, "said"),
  };
}
