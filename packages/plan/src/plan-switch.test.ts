import type { Manifest } from "@firn/manifest";
import { isEmptyPlan } from "@firn/plan";
import { assert, pre, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { MemoryMachine } from "../test/memory-machine.ts";
import {
  deeds,
  doByHand,
  foreignThings,
  isForeign,
  linkOwners,
  manifests,
  putForeign,
} from "../test/random-machine.ts";

/** FIRN_PLANS: how many random cases are tried. */
const numRuns = Number(process.env["FIRN_PLANS"] ?? 500);
const timeout = 600_000;
const takeOver = true;

/** Switches, or finds that it is refused with nothing changed. */
function settle(machine: MemoryMachine, manifest: Manifest | undefined): boolean {
  const before = machine.list();
  const isDone = machine.switch(manifest, { takeOver });
  const [is, shouldBe] = isDone ? [isEmptyPlan(machine.plan(manifest).plan), true] : [machine.list(), before];
  expect(is).toEqual(shouldBe);
  return isDone;
}

describe("planSwitch", () => {
  test("leads there, to another and back to what was there, for random pairs of manifests", { timeout }, () => {
    let refused = 0;
    assert(
      property(foreignThings, linkOwners, manifests, manifests, (things, linkOwner, one, other) => {
        const machine = new MemoryMachine();
        putForeign(machine, things, linkOwner);
        const bare = machine.list();
        pre(settle(machine, one));
        const there = machine.list();
        const isElsewhere = settle(machine, other);
        refused += Number(!isElsewhere);
        expect(!isElsewhere || settle(machine, one)).toBe(true);
        expect(machine.list()).toEqual(there);
        expect(settle(machine, undefined)).toBe(true);
        expect(machine.list()).toEqual(bare);
        expect(machine.listUnknownKept()).toEqual([]);
      }),
      { numRuns },
    );
    // Most pairs are no case for refusal.
    expect(refused).toBeLessThan(numRuns / 4);
  });

  test("loses nothing that was there or was made by hand meanwhile", { timeout }, () => {
    assert(
      property(foreignThings, manifests, deeds, manifests, deeds, (things, one, some, other, more) => {
        const machine = new MemoryMachine();
        putForeign(machine, things);
        const steps = [
          { manifest: one, byHand: some },
          { manifest: other, byHand: more },
          { manifest: undefined, byHand: [] },
        ];
        for (const [number, { byHand, manifest }] of steps.entries()) {
          const before = machine.listContents().filter(isForeign);
          settle(machine, manifest);
          expect(machine.listContents()).toEqual(expect.arrayContaining(before));
          for (const [index, deed] of byHand.entries()) doByHand(machine, deed, `${number}-${index}`);
        }
      }),
      { numRuns },
    );
  });

  test("takes nothing over that it was not told to, and says the same of what is in the way", () => {
    assert(
      property(foreignThings, linkOwners, manifests, (things, linkOwner, manifest) => {
        const machine = new MemoryMachine();
        putForeign(machine, things, linkOwner);
        const [careful, bold] = [machine.plan(manifest), machine.plan(manifest, { takeOver })];
        const taken = careful.plan.files.filter(({ action }) => action === "take-over").map(({ path }) => path);
        const same = careful.plan.collisions.filter(({ isTakenOver }) => isTakenOver).map(({ path }) => path);
        expect(taken).toEqual(same);
        const told = new Set(careful.plan.collisions.map(({ path }) => path));
        // Below what is not taken over nothing more is known.
        const more = bold.plan.collisions.filter(({ path }) => !told.has(path));
        expect(more).toEqual([]);
        expect(bold.plan.collisions.every(({ isTakenOver }) => isTakenOver)).toBe(true);
      }),
      { numRuns },
    );
  });
});
