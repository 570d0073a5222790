import { emptyLock } from "@firn/lock";
import type { Step } from "./edit.ts";
import type { Locks, Pair } from "./lock-pair.ts";
import { findTarget } from "./projection.ts";
import type { World } from "./world.ts";

/** What both tools made of one step of a graph. */
export interface Comparison extends Pair {
  readonly world: World;
  readonly step: Step;
  readonly before: Locks;
}

/** An input path that the tools locked differently; the path is empty where only one of them refused. */
export class Difference {
  readonly path: string;
  readonly nix: string | undefined;
  readonly firn: string | undefined;

  constructor(path: string, { nix, firn }: { nix: string | undefined; firn: string | undefined }) {
    this.path = path;
    this.nix = nix;
    this.firn = firn;
  }

  toString(): string {
    return `"${this.path}": nix ${this.nix ?? "nothing"}, Firn ${this.firn ?? "nothing"}`;
  }
}

/**
 * Lists what differs between two locks; nothing where both tools refused. What
 * only follows an input that differs is left out.
 */
export function findDifferences({ nix, firn, locks }: Pair): Difference[] {
  if (nix.paths === undefined && firn.paths === undefined) return [];
  if (nix.paths === undefined || firn.paths === undefined) {
    return [new Difference("", { nix: nix.problem ?? "locks it", firn: firn.problem ?? "locks it" })];
  }
  const ofNix = nix.paths;
  const ofFirn = firn.paths;
  const all = [...new Set([...ofNix.keys(), ...ofFirn.keys()])].toSorted();
  const differences = all
    .map((path) => new Difference(path, { nix: ofNix.get(path), firn: ofFirn.get(path) }))
    .filter((one) => one.nix !== one.firn);
  return differences.filter((one) => {
    const target = findTarget(locks.firn ?? emptyLock, one.path);
    return !differences.some((other) => other !== one && other.path === target && other.nix === one.nix);
  });
}
