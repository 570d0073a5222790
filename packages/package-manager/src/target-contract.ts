import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { InstalledPackage } from "./package-target.ts";
import { targetCases } from "./target-cases.ts";
import { Machine, type TargetWorld } from "./target-machine.ts";

/** Describes what every package manager does on a machine, as tests of the one that is given. */
export function describePackageTarget(name: string, start: () => Promise<TargetWorld>): void {
  describe.each([{ name }])("$name, as a package manager of a machine", () => {
    let world: TargetWorld;
    let machine: Machine;
    let before: readonly InstalledPackage[];
    beforeAll(async () => {
      world = await start();
      machine = new Machine(world);
      before = await machine.installed();
    }, 120_000);
    beforeEach(() => world.reset());
    afterAll(() => world.stop());

    test.each(targetCases)("$title", { timeout: 120_000 }, async ({ check }) => {
      expect.hasAssertions();
      await check(machine, before);
    });
  });
}
