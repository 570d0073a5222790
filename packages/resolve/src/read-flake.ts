import type { Diagnostic } from "@firn/diagnostic";
import { parseFlake } from "@firn/flake-file";
import type { FlakeManifest } from "@firn/input";
import { type Lockfile, parseLock } from "@firn/lock";
import type { Ask } from "./ask.ts";
import type { LocalTree } from "./fetcher.ts";
import { noFlakeFile } from "./input-problem.ts";

/** What the flake of an input says, and the lock that it comes with. */
export interface ReadFlake {
  readonly manifest?: FlakeManifest;
  /** Missing where there is none, or none that can be read: it is only a hint. */
  readonly lock?: Lockfile;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the flake of an input. */
export function readFlake(ask: Ask, { flakeFile, lockFile }: LocalTree): ReadFlake {
  if (flakeFile === undefined) return { diagnostics: [noFlakeFile(ask)] };
  const { manifest, diagnostics } = parseFlake(flakeFile, { file: `${ask.path}/flake.yaml`, role: "input" });
  const { lock } = lockFile === undefined ? {} : parseLock(lockFile, { file: `${ask.path}/lockfile.json` });
  return { manifest, diagnostics, ...(lock !== undefined && { lock }) };
}
