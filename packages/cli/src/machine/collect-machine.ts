import { collectTreesOf } from "./collect-trees-of.ts";
import { DiagnosticError } from "@firn/diagnostic";
import { findExpired } from "@firn/profile";
import type { Collected } from "@firn/store";
import { existsSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Flags } from "../flags.ts";
import type { Machine } from "./open-machine.ts";

/** What a collection removed, numbers of generations included. */
export interface CollectedMachine extends Collected {
  readonly numbers: readonly number[];
  /** How many trees of packages. */
  readonly trees: number;
}

/** Forgets generations that are too old or too many, and removes from the store what nothing leads to any more. */
export function collectMachine(
  { profile, state, store }: Machine,
  { keep, olderThan }: Pick<Flags, "keep" | "olderThan">,
): CollectedMachine {
  const current = profile.current()?.number;
  const isExpiring = keep !== undefined || olderThan !== undefined;
  const limits = {
    keep: parseCount(keep),
    ...(olderThan !== undefined && { before: Date.now() - parseAge(olderThan) }),
  };
  const expired = isExpiring
    ? findExpired(profile.list(), { ...limits, ...(current !== undefined && { current }) })
    : [];
  const numbers = expired.map(({ number }) => number);
  profile.remove(numbers);
  const roots = profile.roots();
  const collected = store.collect(roots);
  const { trees } = collectTreesOf(store);
  // Where nothing is left that Firn made, nothing of Firn is left.
  if (roots.size === 0 && !existsSync(join(state, "kept")) && removeEmptyStore(store.folder)) removeState(state);
  return { ...collected, numbers, trees };
}

/** Tells whether it is gone; where a build is at work, it is not empty. */
function removeEmptyStore(folder: string): boolean {
  if (!existsSync(folder)) return true;
  for (const name of readdirSync(folder)) removeIfEmpty(join(folder, name));
  removeIfEmpty(folder);
  return !existsSync(folder);
}

/** What a build made meanwhile stays. */
function removeState(state: string): void {
  for (const name of readdirSync(state))
    if (name !== "store") rmSync(join(state, name), { recursive: true, force: true });
  removeIfEmpty(state);
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Not there, or not empty.
  }
}

function parseCount(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw badFlag("--keep", text, "a number of generations, such as 5");
}

const units: { readonly [unit: string]: number } = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

function parseAge(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,6})([hdw])$/.exec(text) ?? [];
  const length = units[unit];
  if (length === undefined) throw badFlag("--older-than", text, "an age, such as 12h, 30d or 8w");
  return Number(count) * length;
}

function badFlag(flag: string, text: string, wanted: string): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: `Cannot use "${text}" as ${flag}: it is not ${wanted}`,
      marks: [],
      fix: "firn gc --keep 5 --older-than 30d",
    },
  ]);
}
